// The devices of a hall, as far as a host can tell: streams of events that are read, or are not, and commands that
// are posted at a steady pace. One thread, one epoll; what comes is searched for what is counted, and no more.
//
//   host_load host|nchan|host+tls|nchan+tls PORT EVENTS COMMANDS DEVICES STALLED POSTERS RATE SECONDS BYTES LAST TOKENS
//
// EVENTS and COMMANDS are paths, LAST the Last-Event-ID of everyone or `-`, TOKENS a file with a line `TOKEN TABLE` for
// each device, the first POSTERS of which post. The last STALLED devices never read. BYTES is the length of what is
// published to nchan. Says `ready` when all are connected, posts RATE commands a second for SECONDS when a line comes
// in, writes a line of JSON when all that was posted was seen by all, and ends at the next line.
//
// With `+tls` all goes over TLS 1.2 or 1.3, whoever the server says it is.
//
// A latency counts from the moment at which the command was due: what the generator loses is not taken off.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct Connection {
  bool posts = false;
  size_t number = 0;
  int socket = -1;
  SSL *tls = nullptr;  // nothing where all can read along
  std::string rest;  // what came of a line, or of an answer, that is not whole yet
  long seq = -1;     // the place in the record of the last event
  long under = -1;   // the command under way
};

struct Command {
  double due = 0, acknowledged = 0, seen = 0;
  size_t devices = 0;
};

struct Options {
  bool host, tls;
  int port;
  std::string events, commands;
  size_t devices, stalled, posters;
  double rate, seconds;
  size_t bytes;
  std::string last;
} options;

struct Device {
  std::string token, table;
};

std::vector<Device> devices;
std::vector<Connection> streams, posters;
std::vector<Connection *> idle;
std::vector<Command> commands;
size_t posted = 0, acknowledged = 0, seenByAll = 0;
long deliveries = 0, outOfOrder = 0, refused = 0, cut = 0, received = 0;
double latest = 0;
int poll_;

[[noreturn]] void fail(const std::string &what) {
  fprintf(stderr, "host_load: %s: %s\n", what.c_str(), strerror(errno));
  exit(1);
}

double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Connects; a device that never reads has little room for what it is sent.
void dial(Connection &connection, bool reads) {
  int handle = socket(AF_INET, SOCK_STREAM, 0);
  if (handle < 0) fail("socket");
  int yes = 1, little = 4096;
  setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (!reads) setsockopt(handle, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(uint16_t(options.port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(handle, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0) fail("connect");
  connection.socket = handle;
  if (!options.tls) return;
  static SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  connection.tls = SSL_new(context);
  SSL_set_fd(connection.tls, handle);
  if (SSL_connect(connection.tls) != 1) fail("handshake");
}

void send(const Connection &connection, const std::string &text) {
  // Small, and nothing else is under way: it is taken whole.
  ssize_t count = connection.tls ? SSL_write(connection.tls, text.data(), int(text.size()))
                                 : write(connection.socket, text.data(), text.size());
  if (count != ssize_t(text.size())) fail("write");
}

/// As `read` does: 0 at the end, -1 with EAGAIN where nothing came yet. Over TLS no more than a record at a time.
ssize_t receive(const Connection &connection, char *buffer, size_t size) {
  if (!connection.tls) return read(connection.socket, buffer, size);
  ERR_clear_error();
  int count = SSL_read(connection.tls, buffer, int(size));
  if (count > 0) return count;
  switch (SSL_get_error(connection.tls, count)) {
    case SSL_ERROR_WANT_READ: return errno = EAGAIN, -1;
    case SSL_ERROR_ZERO_RETURN: return 0;
    default: return errno = EIO, -1;
  }
}

void watch(Connection &connection) {
  fcntl(connection.socket, F_SETFL, O_NONBLOCK);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &connection;
  if (epoll_ctl(poll_, EPOLL_CTL_ADD, connection.socket, &event) < 0) fail("epoll");
}

std::string authorization(size_t number) {
  return options.host ? "Authorization: Bearer " + devices[number].token + "\r\n" : "";
}

// MARK: - Streams

/// Looks at a whole line: `id: 1042.…` must follow the id before, `data: …@@00000017 …` brings a command.
void take(Connection &stream, const char *line, const char *end) {
  if (end - line > 4 && memcmp(line, "id: ", 4) == 0) {
    if (!options.host) return;  // the ids of nchan are times
    long seq = strtol(line + 4, nullptr, 10);
    if (stream.seq >= 0 && seq != stream.seq + 1) {
      // The first few are worth a look.
      if (outOfOrder++ < 5) fprintf(stderr, "host_load: device %zu: %ld came after %ld\n", stream.number, seq, stream.seq);
    }
    stream.seq = seq;
  } else if (end - line > 6 && memcmp(line, "data: ", 6) == 0) {
    auto mark = static_cast<const char *>(memmem(line, size_t(end - line), "@@", 2));
    if (!mark) return;
    long number = strtol(mark + 2, nullptr, 10);
    if (number < 0 || size_t(number) >= commands.size()) return;
    deliveries++;
    Command &command = commands[size_t(number)];
    if (++command.devices == options.devices - options.stalled) {
      command.seen = now();
      seenByAll++;
    }
  }
}

/// Looks at what came, whole lines and what is left of one.
void scan(Connection &stream, const char *at, const char *end) {
  while (auto feed = static_cast<const char *>(memchr(at, '\n', size_t(end - at)))) {
    if (stream.rest.empty()) {
      take(stream, at, feed);
    } else {
      stream.rest.append(at, feed);
      take(stream, stream.rest.data(), stream.rest.data() + stream.rest.size());
      stream.rest.clear();
    }
    at = feed + 1;
  }
  stream.rest.append(at, end);
}

/// Connects all streams and waits for the answer of each that reads.
void openStreams() {
  streams.resize(options.devices);
  for (size_t number = 0; number < streams.size(); number++) {
    Connection &stream = streams[number];
    stream.number = number;
    bool reads = number < options.devices - options.stalled;
    dial(stream, reads);
    std::string request = "GET " + options.events + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n";
    if (options.last != "-") request += "Last-Event-ID: " + options.last + "\r\n";
    send(stream, request + authorization(number) + "\r\n");
    if (!reads) continue;
    while (stream.rest.find("\r\n\r\n") == std::string::npos) {
      char buffer[4096];
      ssize_t count = receive(stream, buffer, sizeof buffer);
      if (count <= 0) fail("the stream was not opened");
      stream.rest.append(buffer, size_t(count));
    }
    if (stream.rest.compare(0, 12, "HTTP/1.1 200") != 0) fail(stream.rest.substr(0, stream.rest.find('\r')));
    if (options.last != "-") stream.seq = strtol(options.last.c_str(), nullptr, 10);
    // With the head there may have come events already, such as a seal of the record.
    std::string begun = stream.rest.substr(stream.rest.find("\r\n\r\n") + 4);
    stream.rest.clear();
    scan(stream, begun.data(), begun.data() + begun.size());
    watch(stream);
  }
}

void readStream(Connection &stream) {
  static char buffer[262'144];
  do {
    ssize_t count = receive(stream, buffer, sizeof buffer);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
      cut++;
      epoll_ctl(poll_, EPOLL_CTL_DEL, stream.socket, nullptr);
      return;
    }
    received += count;
    scan(stream, buffer, buffer + count);
    // What OpenSSL holds already, epoll does not know of.
  } while (stream.tls && SSL_has_pending(stream.tls));
}

// MARK: - Commands

void openPosters() {
  posters.resize(options.posters);
  for (size_t number = 0; number < posters.size(); number++) {
    posters[number].posts = true;
    posters[number].number = number;
    dial(posters[number], true);
    watch(posters[number]);
    idle.push_back(&posters[number]);
  }
}

void post(Connection &poster, size_t which) {
  char mark[16], key[40];
  snprintf(mark, sizeof mark, "@@%08zu ", which);
  // The key of a command is its own for as long as there is the record.
  snprintf(key, sizeof key, "%08lx%08lx%016zx", static_cast<unsigned long>(time(nullptr)) & 0xffffffff,
           static_cast<unsigned long>(getpid()), which);
  std::string body = mark;
  if (options.host) {
    body = "{\"type\":\"contribution.add\",\"data\":{\"table\":" + devices[poster.number].table +
           ",\"kind\":\"idea\",\"text\":\"" + mark +
           "Vervoer naar de dagbesteding samen met de buurgemeente regelen, ook in het weekeinde\"}}";
  } else {
    body.resize(std::max(body.size(), options.bytes), 'x');
  }
  std::string head = "POST " + options.commands + " HTTP/1.1\r\nHost: localhost\r\n" + authorization(poster.number);
  if (options.host) head += std::string("Idempotency-Key: ") + key + "\r\n";
  poster.under = long(which);
  send(poster, head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

void readAnswer(Connection &poster) {
  char buffer[4096];
  ssize_t count = receive(poster, buffer, sizeof buffer);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) fail("a connection that posts was closed");
  poster.rest.append(buffer, size_t(count));
  size_t end = poster.rest.find("\r\n\r\n");
  if (end == std::string::npos) return;
  const char *length = strcasestr(poster.rest.c_str(), "content-length:");
  if (!length) fail("an answer without a length");
  if (poster.rest.size() < end + 4 + strtoul(length + 15, nullptr, 10)) return;
  // nchan says 202 where nobody listens.
  if (poster.rest.compare(9, 3, "201") == 0 || (!options.host && poster.rest.compare(9, 3, "202") == 0)) {
    commands[size_t(poster.under)].acknowledged = now();
    acknowledged++;
  } else {
    if (refused++ == 0) fprintf(stderr, "host_load: %s\n", poster.rest.c_str());
  }
  poster.under = -1;
  poster.rest.clear();
  idle.push_back(&poster);
}

/// Posts what is due by now, where a connection is free.
void postWhatIsDue() {
  while (posted < commands.size() && !idle.empty() && now() >= commands[posted].due) {
    latest = std::max(latest, now() - commands[posted].due);
    Connection *poster = idle.front();
    idle.erase(idle.begin());
    post(*poster, posted++);
  }
}

// MARK: - The run

/// Waits until `deadline`, or until nothing is left to wait for.
void run(double deadline) {
  std::vector<epoll_event> events(64);
  while (now() < deadline) {
    bool isDone = posted == commands.size() && acknowledged + size_t(refused) == commands.size() &&
                  seenByAll + size_t(refused) >= commands.size();
    if (isDone) return;
    double wait = posted < commands.size() && !idle.empty() ? std::max(0.0, commands[posted].due - now()) : 100;
    // epoll itself waits whole milliseconds only.
    timespec time{time_t(wait / 1e3), long(wait * 1e6) % 1'000'000'000};
    pollfd handle{poll_, POLLIN, 0};
    ppoll(&handle, 1, &time, nullptr);
    int count = epoll_wait(poll_, events.data(), int(events.size()), 0);
    for (int index = 0; index < count; index++) {
      auto connection = static_cast<Connection *>(events[size_t(index)].data.ptr);
      connection->posts ? readAnswer(*connection) : readStream(*connection);
    }
    postWhatIsDue();
  }
}

void waitForLine() {
  for (char letter = 0; letter != '\n';) {
    if (read(0, &letter, 1) <= 0) exit(0);
  }
}

double part(std::vector<double> &values, double share) {
  if (values.empty()) return -1;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, size_t(share * double(values.size() - 1) + 0.5))];
}

double processorTime() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](timeval time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void report(double processor, double elapsed) {
  std::vector<double> answers, sights;
  long reading = long(options.devices - options.stalled), lost = 0;
  for (const Command &command : commands) {
    if (command.acknowledged > 0) {
      answers.push_back(command.acknowledged - command.due);
      lost += std::max(0L, reading - long(command.devices));
    }
    if (command.seen > 0) sights.push_back(command.seen - command.due);
  }
  printf("{\"posted\":%zu,\"acknowledged\":%zu,\"refused\":%ld,\"deliveries\":%ld,\"lost\":%ld,\"out_of_order\":%ld,"
         "\"cut\":%ld,\"bytes\":%ld,\"late_ms\":%.3f,\"generator_cpu\":%.4f,\"seconds\":%.3f,\"acknowledged_ms\":[%.3f,%.3f,%.3f],"
         "\"seen_ms\":[%.3f,%.3f,%.3f]}\n",
         posted, acknowledged, refused, deliveries, lost, outOfOrder, cut, received, latest, processor,
         elapsed / 1e3, part(answers, 0.5), part(answers, 0.99), part(answers, 1), part(sights, 0.5),
         part(sights, 0.99), part(sights, 1));
  fflush(stdout);
}

}  // namespace

int main(int count, char **words) {
  if (count != 13) return fprintf(stderr, "host_load: see its first lines\n"), 64;
  options = {strncmp(words[1], "host", 4) == 0, strstr(words[1], "+tls") != nullptr, atoi(words[2]), words[3], words[4], strtoul(words[5], nullptr, 10),
             strtoul(words[6], nullptr, 10), strtoul(words[7], nullptr, 10), atof(words[8]), atof(words[9]),
             strtoul(words[10], nullptr, 10), words[11]};
  std::ifstream file(words[12]);
  for (Device device; file >> device.token >> device.table;) devices.push_back(device);
  if (options.host && devices.size() < std::max(options.devices, options.posters)) fail("too few tokens");
  poll_ = epoll_create1(0);
  openStreams();
  openPosters();
  printf("ready\n");
  fflush(stdout);
  waitForLine();

  commands.resize(size_t(options.rate * options.seconds));
  double begin = now() + 10, processor = processorTime();
  for (size_t number = 0; number < commands.size(); number++) {
    commands[number].due = begin + 1e3 * double(number) / options.rate;
  }
  run(begin + options.seconds * 1e3 + 20'000);
  report(processorTime() - processor, now() - begin);
  waitForLine();
}
