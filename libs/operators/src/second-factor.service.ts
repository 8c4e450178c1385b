import { NotAllowed, type Clock } from '@app/kernel';
import { AUDIT_SINK, CryptoBox, Database, MacKeys, type AdminActor, type AuditSink } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { newRecoveryCodes, normalRecoveryCode } from './domain/recovery-codes';
import { acceptedStep, newTotpSecret, totpUri } from './domain/totp';
import { OPERATORS_CLOCK } from './operators.clock';
import { SecondFactorRefused } from './operators.errors';
import { OperatorRepository, type OperatorProof } from './persistence/operator.repository';
import { SecondFactorRepository } from './persistence/second-factor.repository';
import { pendingTotpContext, totpContext } from './sealed-columns';

/** What somebody shows as a second factor: the app's present code, or one of the codes for when the app is lost. */
export type ShownFactor = { readonly totp: string } | { readonly recoveryCode: string };

/** Authenticator apps (RFC 6238) and recovery codes. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly database: Database,
    private readonly operators: OperatorRepository,
    private readonly repository: SecondFactorRepository,
    private readonly box: CryptoBox,
    private readonly macKeys: MacKeys,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes what was shown, once: true when it is right and was not used before. */
  async accepts(operator: { id: string } & OperatorProof, shown: ShownFactor): Promise<boolean> {
    if ('recoveryCode' in shown)
      return this.repository.useCode(operator.id, await this.macOf(operator.id, shown.recoveryCode));
    if (operator.totpSealed === null) return false;
    const secret = this.box.open(operator.totpSealed, totpContext(operator.id)).toString('utf8');
    const step = acceptedStep(secret, shown.totp, this.clock.now(), operator.totpLastStep);
    return step !== null && this.operators.acceptStep(operator.id, step);
  }

  /** How many recovery codes somebody has left. */
  async codesLeft(operatorId: string): Promise<number> {
    return this.repository.countCodes(operatorId);
  }

  /** A new secret for an app; it counts once a code of it was shown. Until then what counted before does. */
  async begin({ id, name }: AdminActor): Promise<{ secret: string; uri: string }> {
    const secret = newTotpSecret();
    await this.repository.setPending(id, this.box.seal(Buffer.from(secret), pendingTotpContext(id)));
    return { secret, uri: totpUri(secret, name) };
  }

  /**
   * Makes the new secret the one that counts. Gives recovery codes, in clear this once; older ones are void.
   * @throws NotAllowed `second_factor_not_begun`, SecondFactorRefused
   */
  async confirm(actor: AdminActor, totp: string): Promise<string[]> {
    const { id } = actor;
    const pending = await this.repository.findPending(id);
    if (!pending) throw new NotAllowed('second_factor_not_begun', 'There is no new second factor to confirm');
    const secret = this.box.open(pending, pendingTotpContext(id));
    const at = this.clock.now();
    const step = acceptedStep(secret.toString('utf8'), totp, at, null);
    if (step === null) throw new SecondFactorRefused();
    const codes = newRecoveryCodes();
    const macs = await Promise.all(codes.map((code) => this.macOf(id, code)));
    await this.database.transaction(async (tx) => {
      const sealed = this.box.seal(secret, totpContext(id));
      if (!(await this.repository.enrol(id, { pending, sealed, step }, at, tx))) throw new SecondFactorRefused();
      await this.repository.replaceCodes(id, macs, tx);
      await this.audit.record(
        { at, by: actor, act: 'operator.second_factor_enrolled', subject: actor.wireId, merchantId: null },
        tx,
      );
    });
    return codes;
  }

  private macOf(operatorId: string, code: string): Promise<Buffer> {
    return this.macKeys.mac('recovery_code', `${operatorId}:${normalRecoveryCode(code)}`);
  }
}
