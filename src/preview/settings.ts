import type { ChannelRef, Clock, Log, ReaderRef } from '../core/index.ts';

export interface PreviewSettings {
  /** The TCP port on 127.0.0.1; 0 lets the system choose one. */
  readonly port: number;
  /** The file that keeps the page's messages over restarts (JSON lines); none keeps them in memory. */
  readonly historyPath?: string;
  readonly log: Log;
  readonly clock: Clock;
}

/** The page's one channel. */
export const previewChannel: ChannelRef = {
  platform: 'preview',
  tenant: 'local',
  channel: '#papers',
};

/** Whoever sits before the page. It is bound to this machine, so there is only one. */
export const previewReader: ReaderRef = { platform: 'preview', tenant: 'local', user: 'you' };
