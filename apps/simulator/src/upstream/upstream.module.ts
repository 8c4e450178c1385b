/** The providers and controllers of the scripted upstream. */
import { AccountStore } from './account.store';
import { CallbackSender } from './callback-sender';
import { ChallengeBridge } from './challenge-bridge';
import { FrontDoor } from './front-door';
import { SessionFactory } from './session.factory';
import { UpstreamSessionStore } from './session.store';
import { UpstreamSessionsService } from './sessions.service';
import { TokenService } from './token.service';
import { UpstreamEvents } from './upstream-events';
import { UpstreamController } from './upstream.controller';

export const UPSTREAM_CONTROLLERS = [UpstreamController];

export const UPSTREAM_PROVIDERS = [
  AccountStore,
  TokenService,
  UpstreamSessionStore,
  SessionFactory,
  ChallengeBridge,
  CallbackSender,
  UpstreamEvents,
  UpstreamSessionsService,
  FrontDoor,
];
