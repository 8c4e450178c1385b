import { AtMost, Flag, Integer, Nested, OneOf, Optional, Shape } from '@app/platform';
import { CHALLENGE_INDICATORS } from './create-session.dto';

/** What the page in the operator's browser knows of it; the rest comes with the request. */
class TestBrowserDto {
  @Optional() @Flag() java_enabled?: boolean;
  @Shape(/^[A-Za-z0-9][A-Za-z0-9-]{0,11}$/) language: string;
  @Shape(/^\d{1,2}$/) color_depth: string;
  @Shape(/^\d{1,6}$/) screen_height: string;
  @Shape(/^\d{1,6}$/) screen_width: string;
  @Shape(/^[+-]?\d{1,4}$/) timezone: string;
}

/** The body of a test session. */
export class TestSessionDto {
  @Shape(/^pc_\w{26}$/) channel_id: string;
  @Shape(/^\d{13,19}$/) card: string;
  @Integer(0, Number.MAX_SAFE_INTEGER) amount: number;
  @Shape(/^[A-Z]{3}$/) currency: string;
  @OneOf(['hosted', 'non_hosted']) flow: 'hosted' | 'non_hosted';
  @Optional() @OneOf(CHALLENGE_INDICATORS) challenge_indicator?: string;
  @Optional() @AtMost(100) reference?: string;
  @Optional() @Nested(() => TestBrowserDto) browser?: TestBrowserDto;
  @Optional() @AtMost(500) reason?: string;
}
