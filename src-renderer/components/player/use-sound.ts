/** Whether the video that plays has sound, and whether it is to be heard. */
import { useEventListener } from '@vueuse/core';
import { ref, type Ref } from 'vue';

/** Chromium's count, the only sign there is of a sound track in a video element. */
const soundBytes = (video: HTMLVideoElement): number =>
  'webkitAudioDecodedByteCount' in video && typeof video.webkitAudioDecodedByteCount === 'number'
    ? video.webkitAudioDecodedByteCount
    : 0;

export function useSound(video: Ref<HTMLVideoElement | null | undefined>) {
  const hasSound = ref(false);
  const muted = ref(false);
  useEventListener(video, 'emptied', () => (hasSound.value = false));
  useEventListener(video, ['loadeddata', 'timeupdate'], () => {
    if (video.value) hasSound.value = soundBytes(video.value) > 0;
  });
  useEventListener(video, 'volumechange', () => (muted.value = video.value?.muted ?? false));
  const toggleMute = () => {
    if (video.value) video.value.muted = !video.value.muted;
  };
  return { hasSound, muted, toggleMute };
}
