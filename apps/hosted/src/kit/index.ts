/** countersign.js: the browser half of 3-D Secure for merchants with a page of their own. */
export type { WindowSize } from './bank-frame';
export { collectBrowserData } from './browser-data';
export { cardFields, type CardFields, type CardFieldsOptions } from './card-fields';
export { challenge, type InElement, type InPopup, type InRedirect } from './challenge';
export type { CardToken, FieldsLook, FieldsState } from './fields-protocol';
export { CountersignError, type ErrorCode } from './errors';
export { runThreeDSMethod } from './method';
export { waitForResult } from './result';
export type { BrowserData, BrowserFacts, Link, MethodCompletion, Session, SessionHandle, SessionStatus } from './types';
