import type { DeviceData } from '@app/authentication-port';
import type { ReturnUrls, ScopeChannel, Session } from './session';
import { isFinal } from './session.machine';

/** Whether an issuer's 3DS Method can run where the cardholder is: only a browser loads it. Unknown devices may be one. */
export function hasMethod(device: DeviceData | null): boolean {
  return device === null || device.channel === 'browser';
}

/** The scope that a token needs to act for a device; null: any of the two, because there is no device (3RI). */
export function scopeOf(device: DeviceData): ScopeChannel | null {
  return device.channel === 'merchant_initiated' ? null : device.channel;
}

/** The scope that opens a session: that of its device, and a hosted one comes to a browser. Null: any of the two. */
export function scopeToOpen(request: {
  device: DeviceData | null;
  returnUrls: ReturnUrls | null;
}): ScopeChannel | null {
  if (request.device !== null) return scopeOf(request.device);
  return request.returnUrls === null ? null : 'browser';
}

/**
 * What is kept of the device: what an SDK encrypted for the directory server is of no use to anybody once the session is
 * final.
 */
export function keptDevice({ device, status }: Pick<Session, 'device' | 'status'>): DeviceData | null {
  if (device?.channel !== 'app' || !isFinal(status)) return device;
  return { ...device, app: { ...device.app, sdkEncryptedData: '' } };
}
