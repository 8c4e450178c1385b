import type { ExecutionContext } from '@nestjs/common';
import { lastValueFrom, throwError } from 'rxjs';
import type { AuditTrail } from '../events/audit-trail';
import { ChangedMeanwhile } from './changed-meanwhile';
import { TellsWhoChanged } from './tells-who-changed.interceptor';

const request = { adminActor: { merchants: 'all' } };
const context = { switchToHttp: () => ({ getRequest: () => request }) } as ExecutionContext;

it('an edit that met another one is told so also where the audit log cannot be read', async () => {
  const trail: AuditTrail = { changeOf: () => Promise.reject(new Error('no connection is free')) };
  const met = new ChangedMeanwhile('mer_1', new Date());

  const answer = lastValueFrom(new TellsWhoChanged(trail).intercept(context, { handle: () => throwError(() => met) }));

  await expect(answer).rejects.toBe(met);
});
