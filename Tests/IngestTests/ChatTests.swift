import Documents
import Testing

@testable import Ingest

struct ChatTests {
  private func read(_ text: String, _ path: String) throws -> [Document] {
    let reading = FileRead(text, path: path)
    #expect(reading.format == .chatJSON)
    #expect(reading.error == nil && reading.failures.isEmpty && reading.isSound)
    return reading.documents
  }

  @Test func slack() throws {
    let text = """
      [{"type":"message","user":"U1","text":"The pump &amp; <@U2|joe>: see <https://x.org|here>","ts":"1556668800.000100","user_profile":{"real_name":"Jane Doe"}},
       {"type":"message","subtype":"channel_join","user":"U2","text":"<@U2> joined","ts":"1556668801.000100"},
       {"type":"message","user":"U2","text":"","ts":"1556668802.0","files":[{"name":"plan.pdf"}],"user_profile":{"display_name":"joe"}},
       {"type":"message","bot_id":"B1","username":"alerts","text":"up","ts":"1556755300.0"}]
      """
    let documents = try read(text, "export/levee/2019-05-01.json")
    #expect(documents.map(\.title) == ["levee, 2019-05-01", "levee, 2019-05-02"])
    #expect(documents[0].turns == ["Jane Doe: The pump & @joe: see here", "joe: [plan.pdf]"])
    #expect(documents[0].blocks[0].anchor == "2019-05-01T00:00:00Z")
    #expect(documents[0].attribute("channel") == "levee")
    #expect(documents[1].attribute("bot") == "alerts")
    #expect(documents[0].kind == .transcript)
  }

  @Test func slackNamesOfTheArchive() throws {
    let day = #"[{"type":"message","user":"U1","text":"Hi <@U2>","ts":"1556668800.0"}]"#
    let users =
      #"[{"id":"U1","name":"jane","profile":{"real_name":"Jane Doe"}},{"id":"U2","name":"joe","real_name":"Joe Roe"}]"#
    let zip = ArchiveBuilder.zip([("export/levee/2019-05-01.json", day), ("export/users.json", users)])
    let chat = try #require(FileRead(zip, path: "slack.zip").documents.first)
    #expect(chat.turns == ["Jane Doe: Hi @Joe Roe"])
    #expect(chat.title == "levee, 2019-05-01")
  }

  @Test func wrapped() throws {
    let discord = """
      {"guild":{"id":"1","name":"Levee"},"channel":{"id":"2","name":"pumps"},"messages":[
      {"id":"3","type":"Default","timestamp":"2021-05-01T10:00:00+00:00","content":"Hi","author":{"id":"4","name":"jane","nickname":"Jane Doe","isBot":false}}]}
      """
    let first = try #require(try read(discord, "d.json").first)
    #expect(first.title == "Levee / pumps, 2021-05-01")
    #expect(first.turns == ["Jane Doe: Hi"])
    let matrix = """
      {"room_name":"Levee","messages":[{"type":"m.room.member","sender":"@joe:x.org","origin_server_ts":1556668800000,"content":{"membership":"join"}},
      {"type":"m.room.message","sender":"@jane:x.org","origin_server_ts":1556668800000,"content":{"msgtype":"m.text","body":"Hello"}}]}
      """
    #expect(try read(matrix, "m.json").map(\.turns) == [["jane: Hello"]])
    let telegram = """
      {"name":"Levee","type":"private_group","id":1,"messages":[{"id":1,"type":"service","date":"2019-05-01T10:00:00","actor":"x"},
      {"id":2,"type":"message","date":"2019-05-01T10:00:00","from":"Jane Doe","from_id":"user1","text":["See ",{"type":"link","text":"x.org"}]}]}
      """
    #expect(try read(telegram, "t.json").map(\.turns) == [["Jane Doe: See x.org"]])
    let gitter = """
      [{"id":"5","text":"hello","html":"hello","sent":"2019-05-01T10:00:00.000Z","fromUser":{"id":"7","username":"jane","displayName":"Jane Doe"}}]
      """
    #expect(try read(gitter, "g.json").map(\.turns) == [["Jane Doe: hello"]])
    let zulip = """
      {"messages":[{"id":1,"sender_full_name":"Jane Doe","sender_email":"jane@x.org","display_recipient":"levee","subject":"pumps","content":"<p>On &amp; off</p>","timestamp":1556668800},
      {"id":2,"sender_full_name":"Joe","display_recipient":"levee","subject":"rain","content":"<p>Wet</p>","timestamp":1556668801},
      {"id":3,"sender_full_name":"Joe","display_recipient":"levee","subject":"pumps","content":"<p>Off</p>","timestamp":1556668802}]}
      """
    let topics = try read(zulip, "z.json")
    #expect(topics.map(\.title) == ["levee: pumps, 2019-05-01", "levee: rain, 2019-05-01"])
    #expect(topics[0].turns == ["Jane Doe: On & off", "Joe: Off"])
    #expect(topics[0].people[0].address == "jane@x.org")
    let mattermost = """
      {"type":"version","version":1}
      {"type":"post","post":{"team":"t","channel":"levee","user":"jane","message":"Up?","create_at":1556668800000,"replies":[{"user":"joe","message":"Yes","create_at":1556668900000}]}}
      """
    #expect(try read(mattermost, "m.jsonl").map(\.turns) == [["jane: Up?", "joe: Yes"]])
  }

  @Test func damageCostsOneMessage() {
    let text = """
      [{"type":"message","user":"U1","text":"one","ts":"1556668800.0"},{"type":"message","user":"U1","text":"two,"ts":"1556668800.0"},
      {"type":"message","user":"U1","text":"three","ts":"1556668801.0"}]
      """
    let reading = FileRead(text, path: "c/2019-05-01.json")
    #expect(reading.format == .chatJSON)
    #expect(reading.documents.count + reading.failures.count + (reading.error == nil ? 0 : 1) >= 2)
    #expect(reading.isSound)
  }

  @Test func logs() throws {
    let irssi = """
      --- Log opened Wed May 01 10:00:00 2019
      10:01 -!- jane [~j@x] has joined #levee
      10:01 <@jane> is the pump on?
      10:01 <@jane> anyone?
      10:02 < joe> yes
      10:02  * joe waves
      --- Day changed Thu May 02 2019
      09:00 < joe> off again
      09:01 < jane> ok
      """
    let reading = FileRead(irssi, path: "logs/levee.log")
    #expect(reading.format == .chatLog)
    #expect(reading.documents.count == 2)
    #expect(reading.documents[0].turns == ["jane: is the pump on?\nanyone?", "joe: yes\nwaves"])
    #expect(reading.documents[0].date?.iso8601 == "2019-05-01")
    #expect(reading.documents[0].blocks[0].anchor == "2019-05-01T10:01")
    #expect(reading.documents[1].turns == ["joe: off again", "jane: ok"])
    let znc = "[12:34:56] <jane> hello\n[12:35:01] *** Joins: joe\n[12:36:00] <joe> hi there\n"
    #expect(FileRead(znc, path: "2019-05-01.log").documents.first?.date?.iso8601 == "2019-05-01")
    let weechat =
      "2019-05-01 10:00:00\t-->\tjoe has joined\n2019-05-01 10:00:05\t@jane\thello\n2019-05-02 10:00:07\tjoe\thi\n"
    #expect(FileRead(weechat, path: "w.weechatlog").documents.map(\.turns) == [["jane: hello"], ["joe: hi"]])
  }
}
