/**
 * Where an issuer's 3DS Method page posts its end, below our public address, when the page that ran it is ours or uses
 * countersign.js. It hands the transaction's id to the frames around it, whichever connector the attempt is at.
 */
export const METHOD_NOTIFICATION_PATH = '/3ds/method-notification';
