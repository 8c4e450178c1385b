/** The script of the hosted page. */
import { HostedPage } from './hosted-page';
import { readBoot } from './state';

/** A page that a browser loads ahead, unseen, must do nothing until somebody is there. */
async function begin(): Promise<void> {
  if ((document as { prerendering?: boolean }).prerendering) {
    await new Promise((shown) => document.addEventListener('prerenderingchange', shown, { once: true }));
  }
  await new HostedPage(readBoot()).enter();
}

void begin();
