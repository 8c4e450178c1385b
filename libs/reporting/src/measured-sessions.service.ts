import type {
  MeasuredSession,
  MerchantScope,
  SessionCount,
  SessionDimension,
  SessionLeg,
  SessionMeasures,
} from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DIMENSION_IDS, DIMENSIONS } from './domain/dimensions';
import { LEG_IDS } from './domain/legs';
import { countsAs, IS_LAST_OF_PURCHASE, isUnresolved } from './persistence/counts-as.sql';
import { DIMENSION_SQL } from './persistence/dimension.sql';
import { MeasuredSessionRepository, type MeasuredRow } from './persistence/measured-session.repository';
import { tookLeg } from './persistence/took-leg.sql';

const VALUES = Object.fromEntries(DIMENSION_IDS.map((id) => [DIMENSIONS[id].filter, DIMENSION_SQL[id]])) as Record<
  SessionDimension,
  string
>;

/** Sessions one by one in the definitions of reports. */
@Injectable()
export class MeasuredSessions implements SessionMeasures {
  readonly isLastOfPurchase = IS_LAST_OF_PURCHASE;
  readonly isUnresolved = isUnresolved('s');

  constructor(private readonly sessions: MeasuredSessionRepository) {}

  countsAs(count: SessionCount): string {
    return countsAs(count);
  }

  valueOf(dimension: SessionDimension): string {
    return VALUES[dimension];
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
