/* Sets the theme that was last in force before anything is painted; the settings store takes over from there. */
const wanted = localStorage.getItem('theme') ?? 'system';
const isDark = wanted === 'dark' || (wanted === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
