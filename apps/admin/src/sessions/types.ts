/** Sessions as `GET /admin/api/sessions` tells them. */
import type { Schemas } from '../api/admin-api';

/** The public states of a session. */
export const STATUSES = [
  'pending',
  'processing',
  'challenged',
  'approved',
  'attempted',
  'declined',
  'rejected',
  'unavailable',
  'challenge_abandoned',
  'expired',
] as const;
export type SessionStatus = (typeof STATUSES)[number];

export const LIABILITY_SHIFTS = ['yes', 'no', 'unknown'] as const;
export type LiabilityShift = (typeof LIABILITY_SHIFTS)[number];

/** What a result means to the merchant. */
export type Verdict = Schemas['Verdict'];
export type DecidedBy = Verdict['decided_by'];
export type Advice = Verdict['advice'];

/** A session as a list shows it. */
export type SessionLine = Schemas['SessionLine'];

/** A line of what happened. */
export type StoryEvent = Schemas['SessionEvent'];
/** When the cardholder's page came to which point. */
export type PageLeg = Schemas['PageLeg'];
/** One try at a connector. */
export type Attempt = Schemas['Attempt'];
/** One masked protocol message or upstream call. */
export type Message = Schemas['Message'];
/** What is known of a field of a protocol message. */
export type FieldExplanation = Schemas['MessageFields']['messages'][string][string];
/** A callback that the merchant is owed or has, with every try at it. */
export type Callback = Schemas['SessionCallback'];
/** One try at a callback. */
export type Delivery = Callback['deliveries'][number];
/** Whether an act can be done now, and why not. */
export type ActState = Schemas['ActState'];

/** A session with its whole story. */
export type SessionStory = Schemas['Session'];
