/** Which scheme and version a card is authenticated with, from ranges in memory (emv-3ds.md section 5.3). Pure. */
import type { AttemptRequest } from '@app/authentication-port';
import { chooseVersion, SUPPORTED_VERSIONS, type CardRange, type ProtocolVersion } from '@app/emv3ds';
import { directoryServerOf, schemeOfDigits, SCHEMES, type DirectoryServerId, type Scheme } from '@app/kernel';

/** What memory holds of one directory server. */
export interface KnownDirectoryServer {
  id: DirectoryServerId;
  url: string;
  /** False until its ranges came for the first time: then nothing can be said about a card. */
  loaded: boolean;
  dsDefault: { dsStart?: string; dsEnd?: string };
  /** The range that holds these digits. */
  find(digits: string): CardRange | null;
}

/** The directory servers of one environment. */
export type DirectoryServerLookup = (id: DirectoryServerId) => KnownDirectoryServer | null;

/** A scheme that can be asked about this card, or why none can. */
export type SchemeChoice =
  | { outcome: 'chosen'; scheme: Scheme; server: KnownDirectoryServer; version: ProtocolVersion; methodUrl?: string }
  | { outcome: 'refused'; code: string; scheme?: Scheme };

/** How sure it is that a scheme has the card: `holds` by its ranges, `presumed` by the number while none are loaded. */
type Claim = { standing: 'holds'; range: CardRange } | { standing: 'presumed' } | { standing: 'none' };

interface Candidate {
  scheme: Scheme;
  server: KnownDirectoryServer;
  claim: Claim;
}

/** Issuers that take part say so: 01 authentication, 02 attempts. A range without the list does take part. */
const TAKES_PART = ['01', '02'];

/** The newest version that this product speaks: sent when no ranges were ever loaded (section 5.3). */
const NEWEST = SUPPORTED_VERSIONS.at(-1) ?? '2.2.0';

/** The cardholder's choice, else the channel's preference, else Cartes Bancaires, else whoever has the number. */
export function chooseScheme(request: AttemptRequest, lookup: DirectoryServerLookup): SchemeChoice {
  // Another's name for a card says nothing here: the number is needed.
  if (!('number' in request.source)) return { outcome: 'refused', code: 'source_not_supported' };
  const digits = request.source.number.expose();
  const byNumber = schemeOfDigits(digits);
  const candidateOf = (scheme: Scheme): Candidate | null => {
    const server = lookup(directoryServerOf(scheme));
    return server && { scheme, server, claim: claimOf(scheme, server, digits, byNumber) };
  };
  const chosen = request.source.scheme;
  const order = chosen ? [chosen] : schemeOrder(request.preferredSchemes, byNumber);
  const claiming = order.map(candidateOf).filter((candidate) => candidate !== null && hasClaim(candidate));
  // Where the cardholder has no preference, a network that the merchant is registered with wins over one it is not.
  const candidate = claiming.find((each) => each && request.acquirers.has(each.scheme)) ?? claiming[0];
  if (!candidate) return nobodyHasIt(chosen ?? byNumber, byNumber, lookup);
  return settle(candidate, request);
}

function schemeOrder(preferred: readonly Scheme[], byNumber: Scheme | null): Scheme[] {
  const rest: Scheme[] = ['cartes_bancaires', ...(byNumber ? [byNumber] : []), ...SCHEMES];
  return [...new Set([...preferred, ...rest])];
}

function hasClaim(candidate: Candidate): boolean {
  return candidate.claim.standing !== 'none';
}

function claimOf(scheme: Scheme, server: KnownDirectoryServer, digits: string, byNumber: Scheme | null): Claim {
  if (!server.loaded) return { standing: byNumber === scheme ? 'presumed' : 'none' };
  // Diners and Discover share one directory server: only the number tells them apart.
  const isOther = directoryServerOf(scheme) === 'discover' && scheme !== (byNumber ?? 'discover');
  const range = isOther ? null : server.find(digits);
  return range ? { standing: 'holds', range } : { standing: 'none' };
}

/** A choice that the number contradicts is not supported; a number that no range has is not enrolled. */
function nobodyHasIt(wanted: Scheme | null, byNumber: Scheme | null, lookup: DirectoryServerLookup): SchemeChoice {
  if (!wanted || wanted !== byNumber) {
    return { outcome: 'refused', code: 'scheme_not_supported', ...(wanted ? { scheme: wanted } : {}) };
  }
  const server = lookup(directoryServerOf(wanted));
  const code = server?.loaded ? 'card_not_enrolled' : 'no_processor_configured_for_card_scheme';
  return { outcome: 'refused', code, scheme: wanted };
}

function settle({ scheme, server, claim }: Candidate, request: AttemptRequest): SchemeChoice {
  const range = claim.standing === 'holds' ? claim.range : null;
  if (range?.acsInfoInd && !range.acsInfoInd.some((indicator) => TAKES_PART.includes(indicator))) {
    return { outcome: 'refused', code: 'issuer_not_enrolled', scheme };
  }
  const version = range ? chooseVersion(SUPPORTED_VERSIONS, range, server.dsDefault) : NEWEST;
  if (version === null) return { outcome: 'refused', code: 'card_not_enrolled', scheme };
  if (!request.acquirers.has(scheme)) {
    return { outcome: 'refused', code: 'no_processor_configured_for_card_scheme', scheme };
  }
  return {
    outcome: 'chosen',
    scheme,
    server,
    version,
    ...(range?.methodUrl === undefined ? {} : { methodUrl: range.methodUrl }),
  };
}
