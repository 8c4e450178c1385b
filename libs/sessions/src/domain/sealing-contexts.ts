/** What a sealed session secret is bound to. */
export function sessionSecretContext(sessionId: string): string {
  return `session_secret ${sessionId}`;
}

/** What the sealed token of a hosted session's link is bound to. */
export function linkTokenContext(sessionId: string): string {
  return `hosted_link ${sessionId}`;
}

/** What a sealed authentication value is bound to. */
export function authenticationValueContext(sessionId: string): string {
  return `authentication_value ${sessionId}`;
}

/** What the sealed secrets of a stored notice are bound to. */
export function noticeSecretsContext(noticeId: string): string {
  return `notice_secrets ${noticeId}`;
}
