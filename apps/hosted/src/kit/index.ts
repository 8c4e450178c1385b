/** countersign.js: the browser half of 3-D Secure for merchants with a page of their own. */
export type { WindowSize } from './bank-frame';
export { collectBrowserData } from './browser-data';
export { challenge, type InElement, type InPopup, type InRedirect } from './challenge';
export { CountersignError, type ErrorCode } from './errors';
export { runThreeDSMethod } from './method';
export { waitForResult } from './result';
export type { BrowserData, BrowserFacts, Link, MethodCompletion, Session, SessionHandle, SessionStatus } from './types';
