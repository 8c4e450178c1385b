import { includesScope, MERCHANT_REGISTER, type MerchantRegister, type MerchantScope } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { GrantExceedsOwn, MerchantsUnknown } from './operators.errors';

/** What may be handed out: merchants that exist, and none that whoever hands them out does not have. */
@Injectable()
export class Grants {
  constructor(@Inject(MERCHANT_REGISTER) private readonly register: MerchantRegister) {}

  /** @throws GrantExceedsOwn, MerchantsUnknown */
  async assertGrantable(own: MerchantScope, wanted: MerchantScope): Promise<void> {
    // First: who asks must not learn which merchants there are beside their own.
    if (!includesScope(own, wanted)) throw new GrantExceedsOwn();
    if (wanted !== 'all' && !(await this.register.haveAll(wanted))) throw new MerchantsUnknown();
  }
}
