/** Attributes and listeners that every component passes on to its root element, so that templates may set them. */
import type { HTMLAttributes } from 'vue';

type PassedOn = Pick<
  HTMLAttributes,
  | 'id'
  | 'role'
  | 'tabindex'
  | 'title'
  | 'onClick'
  | 'onChange'
  | 'onDblclick'
  | 'onKeydown'
  | 'onPointerenter'
  | 'onPointerleave'
>;

declare module 'vue' {
  interface ComponentCustomProps extends PassedOn {
    [aria: `aria-${string}`]: string | number | boolean | undefined;
    [data: `data-${string}`]: string | number | boolean | undefined;
  }
}
