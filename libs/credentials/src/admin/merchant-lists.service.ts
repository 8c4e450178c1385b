import { Injectable } from '@nestjs/common';
import { MerchantListsRepository } from '../persistence/merchant-lists.repository';

export type { ChannelLine, ConnectorAccountLine } from '../persistence/merchant-lists.repository';

/** Merchants and what is theirs, page by page, within an operator's scope. */
@Injectable()
export class MerchantLists extends MerchantListsRepository {}
