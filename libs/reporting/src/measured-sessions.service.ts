import type { MeasuredSession, MerchantScope, SessionCount, SessionLeg, SessionMeasures } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LEG_IDS } from './domain/legs';
import { countsAs, IS_LAST_OF_PURCHASE, isUnresolved } from './persistence/counts-as.sql';
import { MeasuredSessionRepository, type MeasuredRow } from './persistence/measured-session.repository';
import { tookLeg } from './persistence/took-leg.sql';

/** Sessions one by one in the definitions of reports. */
@Injectable()
export class MeasuredSessions implements SessionMeasures {
  readonly isLastOfPurchase = IS_LAST_OF_PURCHASE;
  readonly isUnresolved = isUnresolved('s');

  constructor(private readonly sessions: MeasuredSessionRepository) {}

  countsAs(count: SessionCount): string {
    return countsAs(count);
  }

  tookLeg(leg: SessionLeg): string {
    return tookLeg(leg);
  }

  async of(sessionIds: readonly string[], scope: MerchantScope): Promise<ReadonlyMap<string, MeasuredSession>> {
    const rows = await this.sessions.among(sessionIds, scope);
    return new Map(rows.map((row) => [row.id, measured(row)]));
  }
}

const wholeMs = (ms: number | null): number | null => ms && Math.round(ms);

function measured({ legs, callbackLag, ...row }: MeasuredRow): MeasuredSession {
  const legsMs = Object.fromEntries(LEG_IDS.map((leg) => [leg, wholeMs(legs[leg])]));
  return { ...row, legsMs, callbackLagMs: wholeMs(callbackLag) };
}
