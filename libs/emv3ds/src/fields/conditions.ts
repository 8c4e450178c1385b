/**
 * The condition texts of the field table as code, keyed by the text itself. `CONDITIONS` decides whether a conditional
 * field is required; `NOTES` are texts beside fields whose presence is already settled, each with where it is kept.
 *
 * A field is never required here where only a market, a mandate, or a directory server's own rules would ask for it:
 * those rules are not ours to know (emv-3ds.md section 4.2, "never invent stricter checks").
 */
import type { Situation } from '../context';

/** Tells whether a conditional field must be present in this message. */
export type Condition = (situation: Situation) => boolean;

const optional: Condition = () => false;
/** Depends on the screens shown so far in the app channel, which a single message does not tell. */
const appConversation = optional;

const is =
  (field: string, ...values: readonly unknown[]): Condition =>
  ({ message }) =>
    values.includes(message[field]);
const has =
  (field: string): Condition =>
  ({ message }) =>
    message[field] !== undefined && message[field] !== null && message[field] !== '';
const both =
  (first: Condition, second: Condition): Condition =>
  (situation) =>
    first(situation) && second(situation);
const either =
  (first: Condition, second: Condition): Condition =>
  (situation) =>
    first(situation) || second(situation);
const payment: Condition = ({ category }) => category === '01';
const toAcs: Condition = ({ context }) => context.leg === 'DS-ACS';
const toDirectoryServer: Condition = (situation) => !toAcs(situation);
const coupled: Condition = ({ context }) => context.decoupled !== true;
const recurring = is('threeDSRequestorAuthenticationInd', '02', '03');

/** Condition texts of fields that are conditional in 2.2.0. */
export const CONDITIONS: Readonly<Record<string, Condition>> = {
  // A directory server's, a market's or the merchant's matter.
  'DS-specific': optional,
  'DS rules': optional,
  'DS-specific (Visa, Mastercard and others assign one)': optional,
  'DS-specific; in practice required by Visa and Mastercard': optional,
  'payment-system specific': optional,
  'required when the cardholder is asked for the account type; mandated in some markets (Brazil)': optional,
  'market mandated (Brazil), else optional; PA only': optional,
  'required unless market/regional mandate forbids': optional,
  'required if available unless market/regional mandate forbids': optional,
  'required if available unless market/regional mandate forbids, or not applicable': optional,
  'PA: required unless market/regional mandate forbids; NPA: required if available unless forbidden': optional,
  'PA: required unless market/regional mandate forbids; NPA: required if available unless forbidden, or state not applicable in the country':
    optional,
  'conditions set by each DS; a critical extension the recipient does not know -> Erro 202; unknown non-critical -> ignore and pass on unchanged':
    optional,
  'set by the DS after verifying a signature; replaced in 2.3.1 by dsAuthInfVerifInd inside threeDSRequestorAuthenticationInfo':
    optional,
  'required when the account number was de-tokenised before the ACS': optional,

  // AReq.
  'required when billAddrState present; PA: required unless market/regional mandate forbids; NPA: required if available unless forbidden; bad ISO code -> 304':
    has('billAddrState'),
  'required when shipAddrState present; required if available unless market/regional mandate forbids':
    has('shipAddrState'),
  // The published table counts for non-payment; that some validators also look at threeRIInd does not.
  'PA: required. NPA: required when threeDSRequestorAuthenticationInd in {02,03} (published table); validators additionally use threeRIInd in {01,02,06,07,08,09,11}':
    either(payment, recurring),
  'required when threeDSRequestorAuthenticationInd = 03 (2.2.0+: or threeRIInd = 02); otherwise omitted': either(
    is('threeDSRequestorAuthenticationInd', '03'),
    is('threeRIInd', '02'),
  ),
  'required when threeDSRequestorAuthenticationInd in {02,03} (validators: or threeRIInd in {01,02})': recurring,
  'required when payTokenInd = true': is('payTokenInd', true),
  'required when browserJavascriptEnabled = true, otherwise optional': is('browserJavascriptEnabled', true),
  'required 3DSS->DS; absent DS->ACS': toDirectoryServer,
  'DS->ACS only (decrypted sdkEncData)': toAcs,
  'DS->ACS only': toAcs,
  'DS->ACS only; the ACS sends the RReq here': toAcs,
  'required with whiteListStatus': has('whiteListStatus'),
  'required with whiteListStatus; renamed in 2.3.1': has('whiteListStatus'),

  // ARes.
  'NPA: presence DS-specific. C/S never with channel 03; C not with challengeInd 06; D only with decReqInd Y or B; I only with challengeInd 05/06/07 (or DS rule); S only with SPC support Y':
    payment,
  'PA: required when transStatus in {N,U,R}; NPA: DS-specific': both(payment, is('transStatus', 'N', 'U', 'R')),
  'PA: required when transStatus in {Y,A}; DS rules when I; NPA: DS rules': both(payment, is('transStatus', 'Y', 'A')),
  'required when transStatus in {C,D}': is('transStatus', 'C', 'D'),
  'required when transStatus in {C,D}; replaced by authenticationMethod in 2.3.1': is('transStatus', 'C', 'D'),
  'required when transStatus = D (must then be Y); never Y when decReqInd = N': is('transStatus', 'D'),
  'required when transStatus = C': is('transStatus', 'C'),
  'required when transStatus = C (APP: inside acsSignedContent)': is('transStatus', 'C'),
  '2.2.0+: required when acsDecConInd = Y; else optional; requestor must show it': is('acsDecConInd', 'Y'),

  // RReq. A cancellation is only seen by the ACS; the one a message shows is the timeout, reason 14.
  'C, I and S illegal (203)': payment,
  'PA: required for N,U,R; 29/30 with D; 14 needs challengeCancel 04 or 05; NPA DS-specific': both(
    payment,
    is('transStatus', 'N', 'U', 'R'),
  ),
  'required when transStatus in {Y,N}': is('transStatus', 'Y', 'N'),
  'PA: required when transStatus in {Y,A}; omitted in abandonment notices; NPA DS rules': both(
    payment,
    is('transStatus', 'Y', 'A'),
  ),
  'ACS->DS leg only; the DS removes it before the 3DSS': optional,
  'required unless acsDecConInd = Y': coupled,
  'required when the ACS saw a cancellation/timeout/error': is('transStatusReason', '14'),

  // CReq and CRes. In the browser there is only the final CRes.
  'final CRes only: PA required, NPA DS-specific': payment,
  'required except in the final CRes': appConversation,
  'cardholder or SDK cancelled': appConversation,
  'native UI 01/02/03 with data entered and no cancel/resend/additional choice; multi-select values comma separated':
    appConversation,
  'UI 05 (2.3.1: or 06) and no cancel (2.3.1: and oobContinue not 02)': appConversation,
  'UI 01/02/03 submitted empty, no cancel/resend/additional choice': appConversation,
  'cardholder asked for resend (UI 01)': appConversation,
  'UI 04 when the cardholder pressed continue': appConversation,
  'required when whitelistingInfoText was in the previous CRes; renamed trustListDataEntry': appConversation,
  'UI 05 (2.3.1: 05/06)': appConversation,
  'mandatory UI 02/03': appConversation,
  'mandatory UI 01/02/03': appConversation,
  'UI 01 when resend is offered': appConversation,
  'UI 04 (2.3.1: when oobAppLabel absent)': appConversation,
  'UI 04 with oobAppURL, only if CReq oobAppURLInd = 01; not used in 2.2.0': appConversation,
  'UI 04 with oobAppLabel, or UI 06; not used in 2.2.0': appConversation,

  // PRes, Erro, 3DS Method.
  '2.1.0/2.2.0 optional; 2.3.1 absent when cardRangeDataFileURL is present': optional,
  'absent when nothing changed since serialNum, or when cardRangeDataFileURL is present': optional,
  'when the offending type is recognisable': optional,
  'if available': optional,
  'if available (APP)': optional,
  'request only; the ACS answer carries only threeDSServerTransID': optional,
};

/** Texts beside fields that are required, optional or not used whatever they say, and who heeds each of them. */
export const NOTES: Readonly<Record<string, string>> = {
  'chosen by 3DSS in the AReq; must not change afterwards (203 if it does); unsupported/not active -> 102':
    'parse, consistency',
  'as in the AReq': 'the ACS',
  'decides which PRes shape the DS returns': 'the sender',
  'version of the erroneous message where known': 'errorMessage',
  'BRW: same value as used in the 3DS Method': 'the sender',
  'unknown to DS -> 303': 'the directory server',
  'unknown to DS -> 303; wrong for sdkType -> 305 (2.3.1)': 'the directory server',
  'not valid for the scheme -> 306': 'the directory server',
  'the DS sends the RReq here': 'the directory server',
  'U when the card range has no threeDSMethodURL': 'the sender',
  recommended: 'the sender',
  'strongly recommended': 'the sender',
  'absent = 01': 'the reader',
  'absent = N': 'message rules',
  'published as optional; most DS/ACS demand it when threeDSRequestorDecReqInd = Y; padding unclear (1..10080)':
    'formats',
  'required for 3RI decoupled fallback and for the second SPC AReq; otherwise optional/recommended': '2.3.1 only',
  'must equal the authorisation value': 'the sender',
  'PAN or payment token': 'the sender',
  'required when browserJavascriptEnabled = true, otherwise optional': 'required always in 2.2.0 (browserLanguage)',
  'final CRes or Erro is posted here': 'the ACS',
  'AReq allows Y or N only; renamed trustListStatus in 2.3.1': 'the values',
  '2.1.0/2.2.0: free-form object, presence DS-specific; 2.3.1: structured, optional': 'formats',
  '2.1.0/2.2.0 presence DS-specific': 'formats',
  echo: 'consistency',
  'equals dsTransID when the DS answers for the ACS': 'the directory server',
  'equals dsReferenceNumber when the DS answers for the ACS': 'the directory server',
  'must equal the ARes value': 'consistency',
  'must equal the AReq value': 'consistency',
  'in every CReq when the app supplied one; non-https -> ACS error': 'app channel',
  'Y in the final CRes (browser final CRes of some ACS also carries it: tolerate)': 'not used in the browser: kept',
  'HTML shown when the app returns to foreground (UI 05); one published 2.2.0 table omits it; tolerate in 2.3.1':
    'app channel',
  'text shown when the app returns to foreground (UI 04); one published 2.2.0 table omits it although 2.2.0 SDKs read it; tolerate in 2.3.1':
    'app channel',
  '2.3.1: mandatory for native UI 01-04, 07; earlier optional': 'app channel',
  '2.3.1: mandatory UI 02/03, optional 04/07, absent 01; earlier optional': 'app channel',
  '2.3.1: mandatory native; earlier optional': 'app channel',
  'renamed trustListInfoText': 'app channel',
  'native 01-04 (+07), HTML 01-05 (+06,07)': 'app channel',
  '05/06 only with interface 02 (else 203)': 'app channel',
  'absent = full load; present = changes since that PRes; not used with file download': 'ranges',
  'oldest version the DS runs': 'ranges',
  'newest version the DS runs': 'ranges',
  '>= startRange, same length': 'message rules',
  'absent = A': 'ranges',
  'overrides the PRes default': 'ranges',
  'absent = no 3DS Method': 'ranges',
  'seen on 2.1.0 PRes too; tolerate': 'ranges',
  'receivers accept any value': 'the values (open)',
  '201/202/203/204/207/304: comma separated element names or extension ids; parent.child notation': 'errorMessage',
  'only EMVCo assigns critical extensions': 'parse',
};
