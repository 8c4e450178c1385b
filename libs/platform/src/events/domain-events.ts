/** Something that happened in one lib and that others, or people, may have to act upon. Never holds a secret. */
export interface DomainEvent {
  /** Such as `credential.expiring`. */
  type: string;
  at: Date;
  /** UUID; null for what concerns the whole installation. */
  merchantId: string | null;
  /** The wire id of what it happened to, such as `cac_…`. */
  subject: string;
  data: Readonly<Record<string, string | number | boolean | null>>;
}

/** Where libs announce what happened. The server decides who hears it. */
export interface DomainEvents {
  /** Resolves once the event is in safe hands; rejects when it is not, and may then be published again. */
  publish(event: DomainEvent): Promise<void>;
}

/** DI token of `DomainEvents`. */
export const DOMAIN_EVENTS = Symbol('DOMAIN_EVENTS');
