import { OUR_ID } from '../../ui/our-id';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text has the form of an id, ours or that of a transaction: something to be copied rather than read. */
export const isId = (text: string): boolean => OUR_ID.test(text) || UUID.test(text);

/** Members whose value tells something from others, whatever its form. */
const NAMES = /(?:TransID|RequestorID|MerchantID|ReferenceNumber|OperatorID|_id|reference|^id)$/;

/** Whether a member of a message is what one would look for elsewhere. */
export const isIdOf = (name: string, value: string): boolean => isId(value) || NAMES.test(name.split('.').at(-1) ?? '');
