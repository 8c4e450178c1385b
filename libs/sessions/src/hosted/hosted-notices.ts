import { randomBytes, type CountersignError, type ErrorKind } from '@app/kernel';
import {
  APP_CONFIG,
  PublicAddress,
  toErrorResponse,
  type AppConfig,
  type ErredRequest,
  type ErrorAnswer,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { HostedAlerts, type HostedAlert } from './hosted-alerts';
import { HOSTED_ASSETS } from './hosted-assets';
import { HOSTED_PATH } from './hosted.settings';
import { OpenedElsewhere } from './opened-elsewhere';
import { commonHeaders, pageHeaders } from './page-headers';
import { choosePageLanguage, renderHostedNotice, type HostedAssets, type NoticeName } from './page';

/** A page for people in place of the one that was asked for. */
interface Notice {
  headers: Record<string, string>;
  text: string;
}

/** Below a link: what is after it. Pages have nothing there, or the name of a form. */
const BELOW_LINK = new RegExp(`^(${HOSTED_PATH}/[^/]+)(?:/([^/]+))?$`);
const FORMS: ReadonlySet<string | undefined> = new Set(['continue', 'leave']);
/** No links, but files. */
const FILES = new RegExp(`^${HOSTED_PATH}/(assets|logos)(/|$)`);

/** What people are told of an error; anything else was ours. */
const NOTICES: Partial<Record<ErrorKind, NoticeName>> = {
  not_found: 'not_found',
  gone: 'expired',
  too_many: 'busy',
  too_slow: 'busy',
  unavailable: 'busy',
};

/** What operators hear of; the link that it was about is nobody's, or not known yet. */
const ALERTS: Partial<Record<ErrorKind, HostedAlert>> = { not_found: 'link_unknown', too_large: 'body_too_large' };

/** Where trying again changes nothing. */
const HOPELESS: ReadonlySet<NoticeName> = new Set<NoticeName>(['not_found', 'finished', 'expired']);

/** Tells cardholders what went wrong, in pages; their scripts get the errors that all calls get. */
@Injectable()
export class HostedNotices {
  constructor(
    @Inject(HOSTED_ASSETS) private readonly assets: HostedAssets,
    private readonly address: PublicAddress,
    private readonly alerts: HostedAlerts,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'demo'>,
  ) {}

  /** `base`: where to try again. A notice names nobody and does nothing, so it may be framed by anybody. */
  notice(kind: NoticeName, acceptLanguage: string | undefined, base: string | null): Notice {
    const nonce = randomBytes(16).toString('base64url');
    const surroundings = { baseUrl: this.address.url, demo: this.config.demo };
    return {
      headers: pageHeaders(surroundings, { nonce, acts: false, frameAncestors: 'any' }),
      text: renderHostedNotice(kind, {
        language: choosePageLanguage(acceptLanguage),
        assets: this.assets,
        nonce,
        base: HOPELESS.has(kind) ? null : base,
      }),
    };
  }

  /** What is answered to an error below `/hosted`; null for other paths. */
  answerTo(error: CountersignError, { path, headers, id }: ErredRequest): ErrorAnswer | null {
    const [, base = null, below] = FILES.test(path) ? [] : (BELOW_LINK.exec(path) ?? []);
    if (base === null) return null;
    const alert = ALERTS[error.kind];
    if (alert) this.alerts.raise(alert, null);
    const { status, body } = toErrorResponse(error, id);
    if (below !== undefined && !FORMS.has(below)) {
      const more = error instanceof OpenedElsewhere ? { state: error.state } : {};
      return { status, body: { ...body, ...more }, headers: commonHeaders({ baseUrl: this.address.url }) };
    }
    const kind = NOTICES[error.kind] ?? 'error';
    return { status, ...this.notice(kind, headers['accept-language'], this.address.path + base) };
  }
}
