import { AppDataDto, BrowserDataDto, MerchantInitiatedDto } from './channel-data.dto';
import {
  CardSourceDto,
  HostedCompletionDto,
  IdSourceDto,
  NetworkTokenSourceDto,
  NonHostedCompletionDto,
  TokenSourceDto,
} from './create-session.dto';

/** The three unions of a request: which class has the rules of which member (sections 5.2 to 5.4). */
export const SOURCES = {
  card: CardSourceDto,
  network_token: NetworkTokenSourceDto,
  id: IdSourceDto,
  token: TokenSourceDto,
};
export const COMPLETIONS = { hosted: HostedCompletionDto, non_hosted: NonHostedCompletionDto };
export const CHANNELS = { browser: BrowserDataDto, app: AppDataDto, merchant_initiated: MerchantInitiatedDto };

/** One member of a union after its check, by its word. */
export type Checked<Table> = { [Type in keyof Table]: { type: Type; dto: InstanceOf<Table[Type]> } }[keyof Table];
type InstanceOf<C> = C extends new () => infer T ? T : never;

export type CheckedSource = Checked<typeof SOURCES>;
export type CheckedCompletion = Checked<typeof COMPLETIONS>;
export type CheckedChannel = Checked<typeof CHANNELS>;
