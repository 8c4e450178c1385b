/** Text of which at least one character can be seen: what is left of others is nothing. */
export const VISIBLE_TEXT = /[^\p{C}\p{Z}]/u;

/**
 * On one line, and without characters that turn the direction of what stands around them, so that no name can pass for another
 * (UTS 39 section 5).
 */
export const PLAIN_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

/** Whether a text may be what somebody or something is called. */
export const isPlainName = (text: string): boolean => VISIBLE_TEXT.test(text) && PLAIN_LINE.test(text);
