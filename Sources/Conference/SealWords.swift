import Ground

extension ClosingSeal {
  /// How many words the hall sees.
  public static let wordCount = 8

  /// The first 16 digits of the seal as eight words that can be read aloud and written down.
  ///
  /// Two digits are one byte, and a byte is the word at that place, from 0, of the list of the language
  /// (docs/RECORD.md has both lists). They are for people to compare: what proves something is all 64 digits.
  public func words(in language: Language) -> [String] {
    let list = SealWords.list(in: language)
    let digits = sha256.utf8.prefix(ClosingSeal.wordCount * 2).map { Character(Unicode.Scalar($0)) }
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
      Int(String(digits[place...place + 1]), radix: 16).map { list[$0] }
    }
  }
}

/// The words for bytes: 256 in each language, in alphabetical order, no two alike but for one letter.
///
/// They never change: people have written them down.
public enum SealWords {
  /// Returns the list of a language, 256 words.
  public static func list(in language: Language) -> [String] {
    switch language {
    case .nl: dutch
    case .en: english
    }
  }

  private static let dutch = words(
    """
    aap aarde adel agenda akker alarm album amandel
    ananas antenne april arend arm atlas avond baken
    balkon bamboe banaan bank bazuin beek beeld beker
    berg bijl bioscoop blad bloem boerin boom bord
    borstel boter brief broer brood brug buik buurt
    camera cello cement cijfer cirkel dak dame dans
    deken deur dijk dokter dolfijn dorp draad drum
    duif dwerg echo eend eik eiland ekster emmer
    fabel fakkel fazant feest fiets fles fluit fontein
    forel galop gebak geel gember gezin giraf glas
    goud graan grens grot hamer hand hart haven
    hek hemel herfst heuvel honing hotel humor hut
    iglo ijsbeer inkt ivoor jager januari jas jeugd
    juni juweel kaars kachel kameel kasteel kater keizer
    kelder kers kikker klaver klok knop koe komma
    konijn koper krans kroon kwast ladder lade lamp
    leeuw lente lepel leraar letter lila linde lucht
    luipaard maan magneet mantel markt masker mast merel
    meter mier minuut molen motor munt muur naald
    nacht nest netwerk neus nevel noot ochtend oever
    olie olifant oma oogst orgel orkest oven pad
    panter papier parel park pauw pelikaan pen piano
    piloot pinda plein poort potlood prins prisma raadsel
    raam radijs radio raket reiger rekening riem rivier
    roos saffraan salade schaap schip sein siroop sjaal
    slak sleutel sneeuw soep sok spiegel spoor steen
    ster stoel storm straat tafel tante tapijt taxi
    tempel terras thee tijger toren touw trein trom
    tulp tunnel twijg vaas valk varen vat veld
    vinger viool vis vlag vlinder vogel vork vrede
    waaier wagen weide wereld wesp wiel wijn winter
    wolk wortel zaag zalm zeil zilver zomer zon
    """)

  private static let english = words(
    """
    acorn actor album alley anchor angle apple april
    arch arrow artist aspen autumn badge bagel baker
    banjo barn basil basket beacon bean bell berry
    bishop bison blanket blossom bone book border bottle
    branch bread brick bridge bucket bugle button cabin
    camel candle canoe canvas carrot castle cedar cello
    chair cherry circle citrus clock cloud clover coast
    coffee comet copper coral crane crown crystal cup
    dance deer desert diamond doctor dolphin donkey dragon
    dream drum duck eagle earth easel echo elder
    elk engine envelope falcon farmer feather fern field
    finger flag flame flute forest fossil fountain frost
    fruit galaxy garden gate giraffe glacier glass gold
    goose grain granite gravel guitar hammer harbor hawk
    hazel helmet heron hockey honey horse hotel igloo
    index indigo inlet island ivory jacket jaguar jelly
    jewel jigsaw juice jungle jury kayak kettle kitchen
    kite kiwi lagoon lamp lantern lark leaf lemon
    letter lily lion lizard lobster locket lunch magnet
    mango maple market meadow melon mirror moon moss
    motor museum napkin nectar needle nest night noodle
    north notebook nutmeg oak oasis ocean onion opal
    orange orbit organ otter oven oyster palace panda
    paper pasta pebble pelican pencil pepper pigeon pillow
    pilot planet plum poet pond potato prism puzzle
    quartz quilt rabbit radar radio raven reef ribbon
    river rose ruby sailor salmon saturn scarf school
    season sheep shell silver sister snow spider spoon
    spring stable star statue stone sugar summer sunset
    swan temple thunder ticket tiger tomato torch tower
    trumpet tunnel turtle umbrella uncle village violin wagon
    walnut whale wheat window winter wood yellow zebra
    """)

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
