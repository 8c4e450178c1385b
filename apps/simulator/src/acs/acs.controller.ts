/** The ACS's addresses, all visited by browsers: the 3DS Method, the challenge, the cardholder's answer. */
import { Body, Controller, Post, Res } from '@nestjs/common';
import { decodeThreeDSMethodData, encodeThreeDSMethodData, ProtocolError } from '@app/emv3ds';
import type { FastifyReply } from 'fastify';
import { sendDocument } from '../html/document';
import { readForm } from '../http/body';
import { ChallengeService, type ChallengeView } from './challenge.service';
import { challengePage, finalPage, methodPage, methodRefusedPage, refusedPage } from './pages';

/** Forms in, pages out. */
@Controller('acs')
export class AcsController {
  constructor(private readonly challenges: ChallengeService) {}

  @Post('method')
  fingerprint(@Body() body: Buffer | undefined, @Res() reply: FastifyReply): void {
    try {
      const data = decodeThreeDSMethodData(readForm(body)('threeDSMethodData'), 'A');
      const { threeDSServerTransID, threeDSMethodNotificationURL: url } = data;
      if (url === undefined) {
        sendDocument(reply, 400, methodRefusedPage('threeDSMethodNotificationURL is missing'));
      } else {
        sendDocument(reply, 200, methodPage(url, encodeThreeDSMethodData({ threeDSServerTransID })));
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      sendDocument(reply, 400, methodRefusedPage(error.detail));
    }
  }

  @Post('challenge')
  async begin(@Body() body: Buffer | undefined, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(body);
    const view = await this.challenges.receiveCReq(form('creq'));
    render(reply, view, form('threeDSSessionData'));
  }

  @Post('challenge/answer')
  async answer(@Body() body: Buffer | undefined, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(body);
    const view = await this.challenges.receiveAnswer(form('acsTransID'), {
      action: form('action') === 'cancel' ? 'cancel' : 'submit',
      password: form('otp').trim(),
    });
    render(reply, view, form('threeDSSessionData'));
  }
}

function render(reply: FastifyReply, view: ChallengeView, sessionData: string): void {
  switch (view.kind) {
    case 'page':
      sendDocument(reply, 200, challengePage(view.transaction, sessionData, view.triesLeft));
      return;
    case 'final':
      sendDocument(reply, 200, finalPage(view.notificationURL, view.cres, sessionData));
      return;
    case 'refused':
      sendDocument(reply, 400, refusedPage(view.erro));
      return;
  }
}
