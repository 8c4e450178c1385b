/** What a cardholder's page posts, checked. Pure. */
import type { BrowserData, DeviceData } from '@app/authentication-port';
import { assertNone, check, codeOf, objectBody, type JsonObject } from '@app/platform';
import type { ReportedLeg } from '../domain/page-leg';
import type { MethodCompletion } from '../domain/session';
import { BrowserDataDto } from '../http/channel-data.dto';
import { toDevice } from '../http/command.mapper';
import { ChallengeDto, LegDto, MethodDto, ViewDto } from './hosted.dto';
import type { WindowSize } from './challenge-request';

/** What the request itself tells of the browser that made it (emv-3ds.md section 5.6). */
export type RequestData = Pick<BrowserData, 'acceptHeader' | 'userAgent' | 'ipAddress'>;

const MAX_LEGS = 10;

/** The view that calls. @throws InvalidRequest, malformed */
export function readView(body: unknown): { view: string } {
  return checked(ViewDto, body);
}

/** @throws InvalidRequest, malformed */
export function readMethod(body: unknown): { view: string; completion: MethodCompletion } {
  const { view, method_completion: completion } = checked(MethodDto, body);
  return { view, completion };
}

/** @throws InvalidRequest, malformed */
export function readChallenge(body: unknown): { view: string; windowSize: WindowSize } {
  const { view, window_size: windowSize } = checked(ChallengeDto, body);
  return { view, windowSize };
}

/** The device, of which the page tells what script can and `request` the rest. @throws InvalidRequest, malformed */
export function readDevice(
  body: unknown,
  request: RequestData,
): { view: string; device: DeviceData; completion: MethodCompletion } {
  const json = objectBody(body);
  const codes: string[] = [];
  const { view, method_completion: completion } = check(MethodDto, json, [], codes);
  const seen = {
    ...objectIn(json['device']),
    accept_header: request.acceptHeader,
    javascript_enabled: true,
    user_agent: request.userAgent,
    ip_address: request.ipAddress,
  };
  const dto = check(BrowserDataDto, seen, ['device'], codes);
  assertNone(codes);
  return { view, completion, device: toDevice({ type: 'browser', dto }) };
}

/** The times of a page. @throws InvalidRequest, malformed */
export function readLegs(body: unknown): ReportedLeg[] {
  const { legs } = objectBody(body);
  if (!Array.isArray(legs) || legs.length > MAX_LEGS) assertNone([codeOf(['legs'], legs)]);
  const codes: string[] = [];
  const read = (legs as unknown[]).map((leg) => check(LegDto, objectIn(leg), ['legs'], codes));
  assertNone(codes);
  return read.map(({ leg, ms_ago: msAgo }) => ({ leg, msAgo }));
}

function checked<T extends object>(type: new () => T, body: unknown): T {
  const codes: string[] = [];
  const dto = check(type, objectBody(body), [], codes);
  assertNone(codes);
  return dto;
}

function objectIn(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
