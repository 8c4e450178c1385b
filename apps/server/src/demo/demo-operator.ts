import { consoleUrl, OperatorsAdmin } from '@app/operators';
import type { Administrator } from '@app/platform';
import { Secret } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { DemoConsole } from './demo-file';

const EMAIL = 'demo@countersign.example';
const BY: Administrator = {
  kind: 'command_line',
  wireId: null,
  name: 'demo',
  merchants: 'all',
  origin: { address: null, requestId: null },
};

/** Gives the demo somebody who may do everything in the console. */
@Injectable()
export class DemoOperator {
  constructor(private readonly operators: OperatorsAdmin) {}

  /** Makes the person that is missing; a password that is lost or no longer right is replaced. */
  async ensure(known: Pick<DemoConsole, 'consolePassword'> | null, apiUrl: string): Promise<DemoConsole> {
    const found = await this.operators.findByEmail(EMAIL);
    const password = await this.passwordOf(found?.id ?? null, known);
    return { consoleUrl: consoleUrl(apiUrl), consoleEmail: EMAIL, consolePassword: password.expose() };
  }

  private async passwordOf(id: string | null, known: Pick<DemoConsole, 'consolePassword'> | null): Promise<Secret> {
    if (id !== null && known !== null) {
      const password = new Secret(known.consolePassword);
      if (await this.operators.hasPassword(EMAIL, password)) return password;
    }
    const password = new Secret(randomBytes(15).toString('base64url'));
    if (id !== null) await this.operators.setPassword(id, password, BY);
    else
      await this.operators.create(
        { email: EMAIL, name: 'Demo operator', role: 'admin', merchants: 'all' },
        password,
        BY,
      );
    return password;
  }
}
