import { METHOD_NOTIFICATION_PATH } from '@app/authentication-port';
import { decodeThreeDSMethodData, NOTIFICATION_POLICY, notificationPage, ProtocolError } from '@app/emv3ds';
import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';

/**
 * The threeDSMethodNotificationURL that countersign.js gives to issuers (emv-3ds.md section 5.4). It stores nothing and
 * believes nothing: the page only hands the transaction's id back to the merchant's page, which knows its own.
 */
@Controller()
export class MethodNotificationController {
  /** A page for everything; one without a message where no transaction is named. */
  @Post(METHOD_NOTIFICATION_PATH)
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', NOTIFICATION_POLICY)
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @Header('x-content-type-options', 'nosniff')
  receive(@Body() form: unknown): string {
    return notificationPage('method-done', { id: transactionIdOf(form) });
  }
}

function transactionIdOf(form: unknown): string | undefined {
  const { threeDSMethodData: text } = (form ?? {}) as { threeDSMethodData?: unknown };
  if (typeof text !== 'string') return undefined;
  try {
    return decodeThreeDSMethodData(text, 'S').threeDSServerTransID.toLowerCase();
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
