import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { watchActivity } from './session/activity';
import { invitationPath } from './signin/invitation-address';

/** A page that is younger did not fail because it is old: to load it again would not help. */
const OLD_MS = 10_000;

// A part that a newer release no longer has.
window.addEventListener('vite:preloadError', () => {
  if (performance.now() > OLD_MS) window.location.reload();
});

watchActivity();

const invited = invitationPath(window.location.hash);
if (invited !== null) window.history.replaceState(null, '', invited);

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the console');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
