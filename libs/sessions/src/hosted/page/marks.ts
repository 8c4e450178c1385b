/** The few drawings of the page. All are decoration: what they say is in words beside them. */
import { markup, type Markup } from './markup';

const drawn = (name: string, paths: Markup): Markup =>
  markup`<svg class="mark-${name}" viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;

/** One of them is seen, as the screen wants. */
export const MARKS = markup`
  <div class="mark">
    <span class="mark-busy"></span>
    ${drawn('confirmed', markup`<path d="m6.5 12.5 3.7 3.7 7.3-8"/>`)}
    ${drawn('unconfirmed', markup`<path d="M12 6.5v7M12 17v.3"/>`)}
    ${drawn('elsewhere', markup`<path d="M5 9h10v10H5zM9 6V5h10v10h-1"/>`)}
    ${drawn('closed', markup`<circle cx="12" cy="12" r="7"/><path d="M12 8v4.3l2.6 1.5"/>`)}
  </div>`;

export const LOCK = markup`
  <svg class="lock" viewBox="0 0 16 16" aria-hidden="true">
    <rect x="3" y="7" width="10" height="7" rx="1.8"/>
    <path d="M5.3 7V5a2.7 2.7 0 0 1 5.4 0v2"/>
  </svg>`;
