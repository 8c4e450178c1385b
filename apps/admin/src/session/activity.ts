/** When somebody last did something at this page, in the page's own time. */
let last = performance.now();

for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) {
  window.addEventListener(event, () => (last = performance.now()), { passive: true, capture: true });
}

/** @returns ms of `performance.now()` */
export const lastActivity = (): number => last;

/** Somebody said that they are there. */
export function noteActivity(): void {
  last = performance.now();
}
