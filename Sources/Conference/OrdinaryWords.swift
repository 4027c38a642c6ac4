/// Words that are a name for one and an ordinary word for all, in Dutch and English.
///
/// A list like this is never complete. What is not in it is taken for a name alone, and told where it was
/// written small.
enum OrdinaryWords {
  /// Whether a word, in small letters, says nothing about a person by itself.
  static func contain(_ word: String) -> Bool { word.count < 3 || all.contains(word) }

  /// Those that come with a name and are no name themselves: prefixes of surnames and titles.
  ///
  /// The prefixes are those that occur often in table 36 (voorvoegsels) of the Dutch population register.
  static let besideNames: Set<String> = [
    "aan", "af", "al", "bij", "da", "dal", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
    "el", "het", "in", "la", "las", "le", "les", "lo", "los", "onder", "op", "over", "s", "t", "te", "ten",
    "ter", "thoe", "toe", "tot", "uit", "uyt", "van", "vander", "vanden", "ver", "vom", "von", "voor", "zu",
    "zum", "zur",
    "dhr", "dr", "drs", "heer", "hr", "ing", "ir", "meneer", "mevr", "mevrouw", "miss", "mr", "mrs", "ms",
    "mw",
    "prof", "professor",
  ]

  private static let all = Set((dutch + " " + english).split(whereSeparator: \.isWhitespace).map(String.init))

  /// Trades, animals, plants, colours, places, the year, and what else people are called.
  private static let dutch = """
    akker appel april arts augustus avond baan baas bakker balk band bank barend beek been beer berg bergen
    beurs bever bezem bij blij bloem bode boek boer boom boon boot borg bos brand breed bril broek broer brouwer
    brug bruin burg burger cliënt dag dam deelnemer dekker dijk dijken doek dood dorp draai duif duin duits
    eigen eik eiland emmer engel ezel feest fijn fluit gast geel geest gemeente gering gezel glas goed gold goud
    graaf gracht gras grijs groen groep groot haak haan haas half hamer hand haring hart haven heer heet heide
    held helder herder hert heuvel hoed hoek hof hond hoofd hoog hoop huis hulst iris jager januari jong jonker
    juni kaal kaas kalf kam kamer kans kant kapper kast kat kater keizer kelder kerk kern kers kist klaver klein
    klerk klok klomp kluit knecht knoop koek kok konijn koning kooi kool koopman koper koren kort kraai krans
    kroon kruis kuiper laan lam land lang leeuw lelie lente leven licht lief linde linden lood loop lucht maan
    maas man mantel mark markt meer meester mei merel mol molen molenaar mooi moor muis mulder munt mus naam
    nacht nagel nieuw noord noot oever oost oud oude ouder oudste overweg paap paard pad pan pannekoek park
    peper perk pijl plas plein pluim poort poot post pot potter prins punt raad raaf ridder riet rijk ring rood
    roos ruiten ruiter rust rustig schaap schaar schepen schilder schip schipper schoen school slot sluis smid
    smit snel spiegel spier spijker sprong staal stad stam steen sterk sterren stil stoel storm straat stroom
    tafel tak timmer timmerman toren tuin tuinman uil valk veer veld vis visser vlam vlinder vogel volk vonk
    voorn voort vos vraag vrede vreugde vriend vrij waard wal wand water weber weg weide wel werk west wethouder
    wever wiel wijn wild wilde wind winkel winter wit wolf wolken woord zand zang zee zeeman zegel zeil zomer
    zon zondag zoon zorg zwaan zwaard zwager zwart
    """

  private static let english = """
    april archer august autumn baker bank banks barber bell bird bishop black bloom bond booth bridge brook
    brooks brown bush butcher butler carpenter carter chance chapel church clay cliff cole cook cooper cross
    dale dawn day dean drake drew east faith farmer field fields fisher flowers forest forester fox freeman
    friend frost garden gardener glass golden good grace grant gray green grey guest hall hand harbour hardy
    hazel head heath hill holly hood hope house hunter ivy joy june justice king knight lake lamb lane law light
    lily little long love major march marsh mason may meadow melody merry mill miller moon moore moss nice noble
    north olive page parish park parker parsons participant patience pearl person piper pool poppy porter potter powers
    prayer price prince reed rich river rivers robin rock rose ruby rush sage sandy sharp shepherd short silver
    singer skinner small smith snow south spring star steel stone storm street strong summer summers swan swift
    table tailor taylor temple thatcher turner victory violet walker ward water waters weaver weeks wells west
    wheeler white will winter winters wise wolf wood woods wright young
    """
}
