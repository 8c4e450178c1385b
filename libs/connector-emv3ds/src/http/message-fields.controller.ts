import { explainFields } from '@app/emv3ds';
import { AdminRoute } from '@app/platform';
import { Controller, Get, Header } from '@nestjs/common';

/** Words for the fields of EMV 3DS messages: the same for every session, so the console asks once. */
@Controller('admin/api/message-fields')
export class MessageFieldsController {
  @Get()
  @AdminRoute('sessions.read')
  @Header('cache-control', 'private, max-age=3600')
  list(): object {
    return { messages: explainFields() };
  }
}
