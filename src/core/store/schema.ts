import type {
  ListTable,
  ListingTable,
  PaperTable,
  SourceHealthTable,
  VoteReadingTable,
} from './schema/archive.ts';
import type {
  CircuitTable,
  DeliveryTable,
  DigestTable,
  OutboxMarkTable,
  PostedPaperTable,
  SubscriptionTable,
} from './schema/delivery.ts';
import type {
  ArrivalTable,
  BookmarkTable,
  DepartureTable,
  InstallationTable,
  MessagePaperTable,
  PlatformMemoryTable,
  QuietLinkTable,
  ReactionTable,
} from './schema/places.ts';
import type {
  ErasureTable,
  LibraryReaderTable,
  LinkCodeTable,
  WrongCodeTable,
} from './schema/readers.ts';
import type {
  EndpointModelTable,
  PaperVectorTable,
  VectorDueTable,
  VectorModelTable,
} from './schema/vectors.ts';

/** Columns as SQLite keeps them: lists are JSON text, instants ISO text in UTC, days `YYYY-MM-DD`. */
export interface Database {
  papers: PaperTable;
  listings: ListingTable;
  vote_readings: VoteReadingTable;
  lists: ListTable;
  source_health: SourceHealthTable;
  subscriptions: SubscriptionTable;
  digests: DigestTable;
  deliveries: DeliveryTable;
  posted_papers: PostedPaperTable;
  message_papers: MessagePaperTable;
  bookmarks: BookmarkTable;
  reactions: ReactionTable;
  departures: DepartureTable;
  platform_memory: PlatformMemoryTable;
  circuits: CircuitTable;
  outbox_mark: OutboxMarkTable;
  vector_model: VectorModelTable;
  paper_vectors: PaperVectorTable;
  vectors_due: VectorDueTable;
  endpoint_model: EndpointModelTable;
  endpoint_vectors: PaperVectorTable;
  endpoint_due: VectorDueTable;
  arrivals: ArrivalTable;
  installations: InstallationTable;
  quiet_links: QuietLinkTable;
  library_readers: LibraryReaderTable;
  link_codes: LinkCodeTable;
  wrong_codes: WrongCodeTable;
  erasures: ErasureTable;
}
