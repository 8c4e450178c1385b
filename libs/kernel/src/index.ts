export { maskAddresses, MASKED_PART } from './addresses';
export { canonicalJson } from './canonical-json';
export { FixedClock, ScaledClock, SystemClock, type Clock } from './clock';
export {
  CountersignError,
  DuplicateRequest,
  InvalidRequest,
  NotAllowed,
  NotFound,
  NotImplemented,
  Unauthenticated,
  type ErrorKind,
} from './errors';
export { decodeId, encodeId, ID_PREFIXES, isUuid, newUuidV4, newUuidV7, uuidV7Floor, type IdKind } from './ids';
export { CARD_TYPES, type CardType } from './card-type';
export { countryNumeric, currencyOf, currencyOfNumeric, isCountryNumeric, isPayable, type Currency } from './iso';
export { isPlainName, PLAIN_LINE, VISIBLE_TEXT } from './naming';
export { holdsCardNumber, maskCardNumbers, Pan, passesLuhn, replaceCardNumbers } from './pan';
export { randomBytes } from './random';
export {
  DIRECTORY_SERVER_RID,
  DIRECTORY_SERVERS,
  directoryServerOf,
  schemeOfDigits,
  SCHEMES,
  type DirectoryServerId,
  type Scheme,
} from './scheme';
export { Secret } from './secret';
