import { CountersignError, encodeId, NotFound, type Clock } from '@app/kernel';
import {
  AUDIT_SINK,
  isDatabaseGone,
  type AuditSink,
  type OidcConfig,
  type Origin,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { OidcRefused } from '../domain/oidc-problems';
import type { Operator } from '../domain/operator';
import { isOfDomain, isVouched, verifiedEmail, type ProviderClaims } from '../domain/provider-claims';
import { Entrance } from '../entrance.service';
import { InvitationRepository } from '../persistence/invitation.repository';
import { OPERATORS_CLOCK } from '../operators.clock';
import { IdentityProviderUnavailable, SecondFactorRefused, SignInExpired, SignInLocked } from '../operators.errors';
import { OperatorRepository, type OperatorProof } from '../persistence/operator.repository';
import { SecondFactors, type ShownFactor } from '../second-factor.service';
import type { Whence } from '../sign-in.service';
import { SignInThrottle } from '../sign-in-throttle.service';
import { IdentityProvider, type Challenge } from './identity-provider.service';
import { OidcAlerts } from './oidc-alerts';
import { OidcTickets } from './oidc-tickets.service';

/** What a return from the provider led to: a session's secret, a ticket to show a second factor with, or nothing. */
export type Returned =
  | { readonly kind: 'entered'; readonly secret: string }
  | { readonly kind: 'factor_required'; readonly ticket: string }
  | { readonly kind: 'refused'; readonly refusal: OidcRefused };

type Identity = Pick<ProviderClaims, 'issuer' | 'subject'>;

/**
 * Signs people in through the identity provider. Only operators that there are: the first time by the e-mail address that the
 * provider has verified, which links them; from then on by who they are there, whatever their address.
 */
@Injectable()
export class OidcSignIn {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly tickets: OidcTickets,
    private readonly operators: OperatorRepository,
    private readonly invitations: InvitationRepository,
    private readonly factors: SecondFactors,
    private readonly throttle: SignInThrottle,
    private readonly entrance: Entrance,
    private readonly alerts: OidcAlerts,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  /** Where to send the browser, and the ticket that it needs to come back. @throws NotFound, IdentityProviderUnavailable */
  async begin({ origin }: Whence): Promise<{ url: string; ticket: string }> {
    try {
      const { url, challenge } = await this.provider.begin(this.settings());
      return { url, ticket: this.tickets.issue('begun', challenge) };
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      if (error instanceof IdentityProviderUnavailable && cause instanceof OidcRefused)
        this.alerts.raise(cause, origin);
      throw error;
    }
  }

  /** @param query of the return, as it came. Throws only where we erred ourselves. */
  async finish(query: string, ticket: string | null, whence: Whence): Promise<Returned> {
    try {
      return await this.comeBack(query, this.tickets.read('begun', ticket), whence);
    } catch (error) {
      const refusal = asRefusal(error);
      if (!refusal) throw error;
      this.alerts.raise(refusal, whence.origin);
      return { kind: 'refused', refusal: this.entrance.refused('refused', whence.origin, refusal) };
    }
  }

  /**
   * The secret of a new session, once whom the provider named has shown our second factor.
   * @throws SignInExpired, SignInLocked, SecondFactorRefused
   */
  async showFactor(ticket: string | null, factor: ShownFactor, { origin, throttleKey }: Whence): Promise<string> {
    const recognised = this.tickets.read('recognised', ticket);
    if (!recognised) throw new SignInExpired();
    const operator = await this.operators.findById(recognised.operatorId);
    if (!operator || !mayCome(operator, recognised)) throw new SignInExpired();
    const tried = await this.throttle.begin({ account: operator.email, address: throttleKey });
    if (!(await this.factors.accepts(operator, factor))) {
      throw this.entrance.refused('factor_refused', origin, new SecondFactorRefused());
    }
    await tried.succeeded();
    return this.enter(operator, recognised, { isVouched: false }, origin);
  }

  private async comeBack(query: string, challenge: Challenge | null, whence: Whence): Promise<Returned> {
    const settings = this.settings();
    if (!challenge) throw new OidcRefused('expired', 'no_ticket');
    if (new URLSearchParams(query).get('state') !== challenge.state) {
      throw new OidcRefused('not_begun_here', 'state_mismatch');
    }
    if (!(await this.tickets.use(challenge))) throw new OidcRefused('used', 'state_used');
    const claims = await this.ask(settings, query, challenge, whence);
    const operator = await this.recognise(settings, claims, whence.origin);
    const vouched = isVouched(claims, settings.secondFactors);
    if (operator.hasSecondFactor && !vouched) {
      const { issuer, subject } = claims;
      const ticket = this.tickets.issue('recognised', { operatorId: operator.id, issuer, subject });
      return { kind: 'factor_required', ticket };
    }
    return { kind: 'entered', secret: await this.enter(operator, claims, { isVouched: vouched }, whence.origin) };
  }

  // Counted against the address alone: nobody guesses here, but a made-up return costs the provider and us.
  private async ask(
    settings: OidcConfig,
    query: string,
    challenge: Challenge,
    { throttleKey }: Whence,
  ): Promise<ProviderClaims> {
    const tried = await this.throttle.begin({ account: null, address: throttleKey });
    try {
      const claims = await this.provider.finish(settings, query, challenge);
      await tried.succeeded();
      return claims;
    } catch (error) {
      if (error instanceof OidcRefused && error.problem !== 'not_proven') await tried.undecided();
      throw error;
    }
  }

  private async recognise(
    { allowedDomains }: OidcConfig,
    claims: ProviderClaims,
    origin: Origin,
  ): Promise<Operator & OperatorProof> {
    const email = verifiedEmail(claims);
    const known = await this.operators.findByIdentity(claims);
    const operator = known ?? (email === null ? null : await this.operators.findByEmail(email));
    const refuse = async (refusal: OidcRefused): Promise<never> => {
      if (operator) await this.noteRefusal(operator, refusal.why, origin);
      throw refusal;
    };
    if (email === null) return refuse(new OidcRefused('email_unverified', 'email_unverified'));
    if (!isOfDomain(email, allowedDomains)) return refuse(new OidcRefused('not_let_in', 'other_domain'));
    if (!operator) return refuse(new OidcRefused('not_let_in', 'no_operator'));
    if (operator.status === 'disabled') return refuse(new OidcRefused('not_let_in', 'disabled'));
    if (!mayCome(operator, claims)) return refuse(new OidcRefused('not_let_in', 'other_identity'));
    return operator;
  }

  private async enter(
    operator: Operator,
    { issuer, subject }: Identity,
    { isVouched: vouched }: { isVouched: boolean },
    origin: Origin,
  ): Promise<string> {
    const secondFactor = vouched ? 'identity_provider' : operator.hasSecondFactor ? 'authenticator_app' : 'none';
    const facts = { by: 'identity_provider', issuer, second_factor: secondFactor };
    const link = async (tx: Queryable): Promise<void> => {
      if (operator.identity === null) await this.link(operator, { issuer, subject }, origin, tx);
    };
    return this.entrance.enter(operator, { openedBy: 'oidc', isVouched: vouched, facts }, origin, link);
  }

  private async link(operator: Operator, { issuer, subject }: Identity, origin: Origin, tx: Queryable): Promise<void> {
    const linkedAt = this.clock.now();
    if (!(await this.operators.link(operator.id, { issuer, subject, linkedAt }, tx))) {
      throw new OidcRefused('not_let_in', 'linked_meanwhile');
    }
    // Nobody needs it any more, and whoever finds it could still set a password.
    await this.invitations.deleteOf(operator.id, tx);
    const entry = { ...this.entryOf(operator, origin), act: 'operator.identity_linked' };
    await this.audit.record({ ...entry, after: { issuer, subject } }, tx);
  }

  private async noteRefusal(operator: Operator, why: string, origin: Origin): Promise<void> {
    const entry = { ...this.entryOf(operator, origin), act: 'operator.sign_in_refused' };
    await this.audit.record({ ...entry, after: { by: 'identity_provider', why } });
  }

  private entryOf({ id, email }: Operator, origin: Origin): Omit<Parameters<AuditSink['record']>[0], 'act'> {
    const wireId = encodeId('operator', id);
    const by = { kind: 'operator', wireId, name: email, origin } as const;
    return { at: this.clock.now(), by, subject: wireId, merchantId: null };
  }

  private settings(): OidcConfig {
    const { settings } = this.provider;
    if (!settings) throw new NotFound('identity_provider');
    return settings;
  }
}

/** Whether somebody is let in, and is nobody else at the provider. */
function mayCome({ status, identity }: Operator, { issuer, subject }: Identity): boolean {
  if (status === 'disabled') return false;
  return identity === null || (identity.issuer === issuer && identity.subject === subject);
}

/** What a person is told by a page; null for what is a fault of ours. */
function asRefusal(error: unknown): OidcRefused | null {
  if (error instanceof OidcRefused) return error;
  if (error instanceof SignInLocked) return new OidcRefused('locked', 'locked');
  if (isDatabaseGone(error)) return new OidcRefused('busy', 'database');
  return error instanceof CountersignError && error.kind === 'unavailable' ? new OidcRefused('busy', 'overload') : null;
}
