/** The providers and controllers of the scripted upstream. */
import { AccountStore } from './account.store';
import { CallLog } from './call-log';
import { CallbackSender } from './callback-sender';
import { ChallengeBridge } from './challenge-bridge';
import { Doors } from './doors';
import { FrontDoor } from './front-door';
import { HostedController } from './hosted.controller';
import { SessionFactory } from './session.factory';
import { UpstreamSessionStore } from './session.store';
import { UpstreamSessionsService } from './sessions.service';
import { TokenService } from './token.service';
import { Webhooks } from './webhooks';
import { UpstreamFaultStore } from './upstream-fault.store';
import { UpstreamControlController } from './upstream-control.controller';
import { UpstreamController } from './upstream.controller';

export const UPSTREAM_CONTROLLERS = [UpstreamController, HostedController, UpstreamControlController];

export const UPSTREAM_PROVIDERS = [
  AccountStore,
  CallLog,
  UpstreamFaultStore,
  TokenService,
  UpstreamSessionStore,
  SessionFactory,
  ChallengeBridge,
  CallbackSender,
  Webhooks,
  UpstreamSessionsService,
  FrontDoor,
  Doors,
];
