import { Integer, OneOf, Text } from '@app/platform';
import { PAGE_LEGS, type PageLeg } from '../domain/page-leg';
import { WINDOW_SIZES, type WindowSize } from './challenge-request';

/** What every call of a page says: which view it is. */
export class ViewDto {
  @Text(1, 64) view: string;
}

/** Body of `POST …/device`, without the device, and of `POST …/method`. */
export class MethodDto extends ViewDto {
  @OneOf(['Y', 'N', 'U']) method_completion: 'Y' | 'N' | 'U';
}

/** Body of `POST …/challenge`. */
export class ChallengeDto extends ViewDto {
  @OneOf(WINDOW_SIZES) window_size: WindowSize;
}

/** One time of `POST …/legs`: how long ago something was, at most a day. */
export class LegDto {
  @OneOf(PAGE_LEGS) leg: PageLeg;
  @Integer(0, 86_400_000) ms_ago: number;
}
