import Ground

/// What people say at the tables about how to offer fitting support with less money.
///
/// `{who}`, `{where}`, `{money}`, `{count}` and `{when}` are filled in; `{Who}` starts a sentence. All of it
/// is invented: no real person or organisation is named.
enum Phrasebook {
  /// The words that fill a slot.
  static let slots: [String: [Phrase]] = [
    "who": [
      Phrase(nl: "de wijkverpleegkundige", en: "the district nurse"),
      Phrase(nl: "de Wmo-consulent", en: "the council’s care adviser"),
      Phrase(nl: "een vrijwilliger", en: "a volunteer"),
      Phrase(nl: "de buurtcoach", en: "the neighbourhood coach"),
      Phrase(nl: "een ervaringsdeskundige", en: "an expert by experience"),
      Phrase(nl: "de huisarts", en: "the GP"),
      Phrase(nl: "iemand van het wijkteam", en: "someone from the local team"),
      Phrase(nl: "de ouderenadviseur", en: "the adviser for the elderly"),
      Phrase(nl: "de praktijkondersteuner", en: "the practice nurse"),
    ],
    "where": [
      Phrase(nl: "in het buurthuis", en: "in the community centre"),
      Phrase(nl: "in de bibliotheek", en: "in the library"),
      Phrase(nl: "op het gemeentehuis", en: "at the town hall"),
      Phrase(nl: "in het verzorgingshuis", en: "in the care home"),
      Phrase(nl: "in het eetcafé", en: "in the café on the corner"),
      Phrase(nl: "in de sporthal", en: "in the sports hall"),
      Phrase(nl: "in het gezondheidscentrum", en: "in the health centre"),
      Phrase(nl: "op de dagbesteding", en: "at the day centre"),
      Phrase(nl: "in de oude school", en: "in the old school"),
    ],
    "money": ["500", "1.200", "2.500", "6.000", "7.500", "12.000", "15.000"].map { amount in
      Phrase(nl: "€ \(amount)", en: "€" + amount.map { $0 == "." ? "," : String($0) }.joined())
    },
    "count": ["3", "4", "5", "6", "8", "10", "12", "15"].map { Phrase(same: $0) },
    "when": [
      Phrase(nl: "vóór de zomer", en: "before the summer"),
      Phrase(nl: "vóór 1 juli", en: "before 1 July"),
      Phrase(nl: "dit najaar", en: "this autumn"),
      Phrase(nl: "binnen drie maanden", en: "within three months"),
      Phrase(nl: "nog dit jaar", en: "by the end of this year"),
      Phrase(nl: "in januari", en: "in January"),
      Phrase(nl: "binnen zes weken", en: "within six weeks"),
    ],
  ]

  /// The sentences for a kind of contribution; a kind that is not known has the ideas.
  static func sentences(kind: String) -> [Phrase] {
    switch kind {
    case "opinion", "insight", "example", "principle", "yield": opinions
    case "sensitivity", "attention": sensitivities
    case "proposition": propositions
    case "question", "need": questions
    case "action", "agreement", "goal", "initiative", "partnership": actions
    case "quote": quotes
    default: ideas
    }
  }

  /// Whether what is said in a kind is something to be done, on which others can build.
  static func isPlan(_ kind: String) -> Bool {
    let sentences = sentences(kind: kind)
    return sentences == ideas || sentences == actions
  }

  /// How often a kind is brought forward, against the others.
  static func weight(kind: String) -> Int {
    switch kind {
    case "idea", "solution": 34
    case "opinion": 16
    case "question", "action": 14
    case "sensitivity": 8
    case "proposition", "quote": 7
    default: 10
    }
  }

  static let ideas: [Phrase] = [
    Phrase(
      nl: "Laat {who} één keer per week koffie drinken {where}. Dan komt de vraag vanzelf op tafel.",
      en: "Let {who} have coffee {where} once a week. Then people bring up their question by themselves."),
    Phrase(
      nl: "Dagbesteding voor meer groepen samen {where}: scheelt huur en mensen ontmoeten elkaar.",
      en: "One day centre for several groups {where}: saves rent, and people meet."),
    Phrase(
      nl: "Eén vast gezicht per cliënt. {Who} regelt de rest met de andere aanbieders.",
      en: "One familiar face per client. {Who} arranges the rest with the other providers."),
    Phrase(
      nl: "Geef elk wijkteam een eigen potje van {money} voor kleine oplossingen, zonder indicatie.",
      en: "Give every local team {money} of its own for small solutions, without an assessment."),
    Phrase(
      nl: "Inkopen op resultaat in plaats van op uren. Begin met een proef met {count} cliënten.",
      en: "Buy results instead of hours. Start with a trial with {count} clients."),
    Phrase(
      nl: "Samen met de buurgemeenten inkopen: één contract, één tarief, één formulier 👍",
      en: "Buy together with the councils next door: one contract, one rate, one form 👍"),
    Phrase(
      nl: "Deel het vervoer: de busjes van {count} aanbieders staan overdag stil.",
      en: "Share transport: the vans of {count} providers stand idle during the day."),
    Phrase(
      nl: "Scootmobielen lenen {where} in plaats van ze te geven. Bespaart zo’n {money} per jaar.",
      en: "Lend mobility scooters {where} instead of giving them away. Saves some {money} a year."),
    Phrase(
      nl: "Respijtzorg in het weekend: {who} neemt het even over van de mantelzorger 💛",
      en: "Respite at the weekend: {who} takes over from the carer for a while 💛"),
    Phrase(
      nl: "Kook samen {where}. Met {count} vrijwilligers is dat al goedkoper dan maaltijden aan huis.",
      en: "Cook together {where}. With {count} volunteers that is cheaper than meals at home."),
    Phrase(
      nl:
        "Beeldbellen voor korte contacten (medicijnen, even checken). Bezoek blijft voor wie het nodig heeft.",
      en: "Video calls for short contacts (medicines, a quick check). Keep visits for those who need them."),
    Phrase(
      nl: "Laat cliënten zelf hun plan schrijven, met hulp van {who}. Dat scheelt een heel gesprek.",
      en: "Let clients write their own plan, with help from {who}. It saves a whole interview."),
    Phrase(
      nl: "Koppel studenten aan ouderen: een goedkope kamer voor {count} uur hulp per week.",
      en: "Match students with older people: a cheap room for {count} hours of help a week."),
    Phrase(
      nl: "Maak één lijst van alles wat er in de wijk al is, te zien {where}. Nu weet {who} dat niet.",
      en: "Make one list of what the district already has, on show {where}. Now {who} cannot know."),
    Phrase(
      nl: "Huishoudelijke hulp per buurt regelen: {count} adressen in één straat, minder reistijd.",
      en: "Plan home help by neighbourhood: {count} addresses in one street, less travelling."),
    Phrase(
      nl: "Een klussendienst met mensen uit de bijstand. Coördinatie door {who}.",
      en: "A handyman service by people on benefits. {Who} coordinates."),
    Phrase(
      nl: "Langer thuis met dementie door een vaste ‘buurtmaat’, getraind door {who}.",
      en: "Longer at home with dementia thanks to a regular “street buddy”, trained by {who}."),
    Phrase(
      nl: "Deel de cursussen. Elke aanbieder betaalt nu {money} en het is {count} keer hetzelfde.",
      en: "Share the courses. Each provider pays {money} now, {count} times for the same thing."),
    Phrase(
      nl: "Begin bij wat iemand nog wél kan. Daarna familie en buren, dan pas een indicatie.",
      en: "Start from what someone still can do. Then family and neighbours, only then an assessment."),
    Phrase(
      nl: "Inloopspreekuur {where}: gemeente, zorg en vrijwilligers aan één tafel.",
      en: "A walk-in hour {where}: council, care and volunteers at one desk."),
    Phrase(
      nl: "Eén plan en één potje per gezin, Jeugd en Wmo samen. {Who} beslist tot {money}.",
      en: "One plan and one budget per family, youth and adult care together. {Who} decides up to {money}."),
    Phrase(
      nl: "Keukentafelgesprek altijd met z’n drieën: cliënt, mantelzorger en {who}.",
      en: "Always hold the intake with three: client, carer and {who}."),
  ]

  static let opinions: [Phrase] = [
    Phrase(
      nl: "Er gaat te veel geld naar verantwoorden. {Who} is er {count} uur per week mee bezig.",
      en: "Too much money goes into accounting for it. {Who} spends {count} hours a week on that."),
    Phrase(
      nl: "Goedkoop is niet altijd goed: steeds een andere hulp kost uiteindelijk meer.",
      en: "Cheap is not always good: a different helper every time costs more in the end."),
    Phrase(
      nl: "Wij vinden dat {who} best zelf mag beslissen tot {money}. Vertrouwen!",
      en: "We think {who} may well decide alone up to {money}. Trust!"),
    Phrase(
      nl: "Samenwerken klinkt mooi, maar bij een aanbesteding zijn we weer concurrenten.",
      en: "Working together sounds fine, but in a tender we are competitors again."),
    Phrase(
      nl: "Mantelzorgers doen al genoeg. Je kunt er niet nóg {count} uur bij leggen.",
      en: "Carers do enough already. You cannot add another {count} hours."),
    Phrase(
      nl: "Een kleine aanbieder heeft geen kans als de aanbesteding {count} bijlagen heeft.",
      en: "A small provider has no chance when the tender has {count} annexes."),
    Phrase(
      nl: "Korten met {money} kan, als de administratie dan ook echt minder wordt.",
      en: "A cut of {money} is possible, if the paperwork really shrinks too."),
    Phrase(
      nl: "De gemeente moet minder controleren en vaker komen kijken, bijvoorbeeld {where}.",
      en: "The council should check less and come and look more often, for example {where}."),
    Phrase(
      nl: "Eigen kracht is een goed idee, maar niet iedereen heeft een netwerk.",
      en: "Own strength is a good idea, but not everyone has a network."),
    Phrase(
      nl: "Een gesprek {where} werkt beter dan een formulier. Daar durven mensen meer te zeggen.",
      en: "A talk {where} works better than a form. People dare to say more there."),
    Phrase(
      nl: "Preventie levert pas na {count} jaar iets op. Durft de politiek zo lang te wachten?",
      en: "Prevention only pays after {count} years. Do politicians dare to wait that long?"),
    Phrase(
      nl: "Ervaringsdeskundigen horen aan tafel vóór het besluit, niet erna. En betaald.",
      en: "Experts by experience belong at the table before the decision, not after it. And paid."),
  ]

  static let sensitivities: [Phrase] = [
    Phrase(
      nl: "Aanbieders die {where} samen zitten, hebben last van elkaar. Niemand zegt het hardop.",
      en: "Providers who share rooms {where} are in each other’s way. Nobody says it aloud."),
    Phrase(
      nl: "Bij het wijkteam is de rek eruit: {count} zieken sinds de zomer.",
      en: "There is no stretch left in the local team: {count} ill since the summer."),
    Phrase(
      nl: "Cliënten zijn bang dat ‘maatwerk’ gewoon minder uren betekent.",
      en: "Clients fear that “tailored” just means fewer hours."),
    Phrase(
      nl: "Er is oud zeer over de vorige aanbesteding: {money} minder en geen uitleg.",
      en: "The last tender still hurts: {money} less, and no explanation."),
    Phrase(
      nl: "Sommige mensen schamen zich voor een hulpvraag, zeker {where} waar iedereen hen kent.",
      en: "Some are ashamed to ask for help, certainly {where} where everyone knows them."),
    Phrase(
      nl: "Niet iedereen wil dat {who} achter de voordeur komt. Privacy!",
      en: "Not everyone wants {who} to come in. Privacy!"),
    Phrase(
      nl: "Als de cijfers per aanbieder openbaar worden, haken er {count} af. Voorzichtig mee zijn.",
      en: "If figures per provider become public, {count} will drop out. Handle with care."),
    Phrase(
      nl: "Mantelzorgers voelen zich niet gezien. Dat raakte net iemand aan onze tafel 😔",
      en: "Carers do not feel seen. It touched someone at our table just now 😔"),
    Phrase(
      nl: "Taal is een drempel: voor {count} gezinnen in deze wijk is er nooit een tolk.",
      en: "Language is a barrier: {count} families in this district never have an interpreter."),
  ]

  static let propositions: [Phrase] = [
    Phrase(
      nl: "Wie lichte hulp nodig heeft, vraagt die eerst in de buurt.",
      en: "Who needs light help asks for it in the neighbourhood first."),
    Phrase(
      nl: "Tot {money} beslist {who} zelf, zonder indicatie.",
      en: "Up to {money}, {who} decides alone, without an assessment."),
    Phrase(
      nl: "Elke wijk krijgt één team met één budget.", en: "Every district gets one team with one budget."),
    Phrase(
      nl: "Een vaste hulp is belangrijker dan een lage prijs.",
      en: "A familiar helper matters more than a low price."),
    Phrase(
      nl: "De gemeente betaalt voor resultaat in plaats van voor uren.",
      en: "The council pays for results instead of hours."),
    Phrase(
      nl: "Elke aanbieder steekt {count} % van de omzet in preventie.",
      en: "Every provider puts {count}% of its turnover into prevention."),
    Phrase(nl: "Goede zorg begint {where}.", en: "Good care begins {where}."),
    Phrase(
      nl: "Vrijwilligerswerk telt mee als tegenprestatie.",
      en: "Volunteering counts as giving something back."),
    Phrase(
      nl: "Over {count} jaar is een maatwerkvoorziening de uitzondering.",
      en: "In {count} years an individual provision is the exception."),
    Phrase(
      nl: "De cliënt kiest wie er langskomt: {who} of een buur.",
      en: "The client chooses who comes: {who} or a neighbour."),
  ]

  static let questions: [Phrase] = [
    Phrase(
      nl: "Wie betaalt als iemand onder de Wmo én de Wlz valt?",
      en: "Who pays when someone falls under two care acts at once?"),
    Phrase(
      nl: "Mag {who} straks ook indiceren? En wie controleert dat?",
      en: "May {who} assess needs as well? And who checks that?"),
    Phrase(
      nl: "Hoe bereiken we mensen die nooit {where} komen?",
      en: "How do we reach people who are never seen {where}?"),
    Phrase(
      nl: "Wat gebeurt er met cliënten van aanbieders die geen contract krijgen?",
      en: "What happens to clients of providers that get no contract?"),
    Phrase(
      nl: "Kan een aanbieder met een omzet onder {money} ook meedoen?",
      en: "Can a provider with a turnover below {money} take part too?"),
    Phrase(
      nl: "Hoeveel vragen komen er nu bij {who}? Wij horen steeds een ander getal.",
      en: "How many questions reach {who} now? We keep hearing different numbers."),
    Phrase(
      nl: "Hoe voorkomen we dat iemand zijn verhaal {count} keer moet vertellen?",
      en: "How do we prevent that someone must tell their story {count} times?"),
    Phrase(
      nl: "Is er {when} duidelijkheid over de tarieven?", en: "Will the rates be clear {when}?"),
    Phrase(
      nl: "Waarom kost een uur hulp bij de buurgemeente {count} euro minder? 🤔",
      en: "Why is an hour of help {count} euros less in the next town? 🤔"),
    Phrase(
      nl: "Wat als een mantelzorger zelf ziek wordt? Is er dan binnen {count} uur iemand?",
      en: "What if a carer falls ill? Is there someone within {count} hours?"),
    Phrase(
      nl: "Zien we de ideeën van vandaag {when} terug in het inkoopdocument?",
      en: "Will we see today’s ideas in the purchasing document {when}?"),
    Phrase(
      nl: "Is hulp {where} straks vrij toegankelijk of toch geïndiceerd?",
      en: "Will help {where} be open to all, or only after an assessment?"),
    Phrase(
      nl: "Betaal je ook een eigen bijdrage als je hulp {where} krijgt?",
      en: "Is there a charge as well when you get help {where}?"),
  ]

  static let actions: [Phrase] = [
    Phrase(
      nl: "{Who} maakt {when} een overzicht van alle inloopplekken.",
      en: "{Who} makes a list of all walk-in places {when}."),
    Phrase(
      nl: "Proef starten {where} met {count} cliënten, {when} klaar.",
      en: "Start a trial {where} with {count} clients, done {when}."),
    Phrase(
      nl: "Werkgroep tarieven komt {when} bij elkaar. Er zijn al {count} aanmeldingen ✅",
      en: "A working group on rates meets {when}. {count} people signed up already ✅"),
    Phrase(
      nl: "Gemeente vraagt {when} {money} subsidie aan voor respijtzorg.",
      en: "The council applies for {money} for respite care {when}."),
    Phrase(
      nl: "Elke aanbieder stuurt {when} zijn vervoersschema. Wij leggen ze naast elkaar.",
      en: "Every provider sends its transport schedule {when}. We compare them."),
    Phrase(
      nl: "Op bezoek bij het eetproject {where}, samen met de cliëntenraad.",
      en: "Visit the meals project {where}, together with the clients’ council."),
    Phrase(
      nl: "{Who} belt {count} cliënten: wat ging er mis bij de overgang?",
      en: "{Who} calls {count} clients: what went wrong in the transition?"),
    Phrase(
      nl: "Formulier van {count} bladzijden terug naar één. Concept {when}.",
      en: "Cut the form from {count} pages to one. Draft {when}."),
    Phrase(
      nl: "Afspraak: we delen {when} onze wachtlijsten, zonder namen.",
      en: "Agreed: we share our waiting lists {when}, without names."),
    Phrase(
      nl: "Mantelzorgcafé {where} opzetten; {who} trekt het.",
      en: "Set up a carers’ café {where}; {who} leads it."),
  ]

  static let quotes: [Phrase] = [
    Phrase(
      nl: "“Ik wil geen loket, ik wil iemand die mij kent.”",
      en: "“I do not want a counter, I want someone who knows me.”"),
    Phrase(
      nl: "“Mijn moeder kreeg {count} verschillende hulpen in één maand.”",
      en: "“My mother had {count} different helpers in one month.”"),
    Phrase(
      nl: "“Als {who} belt, weet ik: het komt goed.”",
      en: "“When {who} calls, I know it will be all right.”"),
    Phrase(
      nl: "“Voor {money} had ik het zelf kunnen oplossen.”",
      en: "“For {money} I could have solved it myself.”"),
    Phrase(
      nl: "“Het mooiste uur van mijn week is {where}.”", en: "“The best hour of my week is {where}.”"),
    Phrase(
      nl: "“Wij praten steeds óver cliënten. Vraag het ze eens.”",
      en: "“We keep talking about clients. Just ask them.”"),
    Phrase(
      nl: "“Ik ben mantelzorger, partner, chauffeur én secretaresse.”",
      en: "“I am a carer, a partner, a driver and a secretary.”"),
    Phrase(
      nl: "“Na {count} formulieren wist ik niet meer wat mijn vraag was.”",
      en: "“After {count} forms I no longer knew what my question was.”"),
  ]

  /// What elaborates an earlier contribution (S4.6).
  static let elaborations: [Phrase] = [
    Phrase(nl: "Begin klein, bijvoorbeeld {where}.", en: "Start small, for example {where}."),
    Phrase(
      nl: "Hierop verder: {who} kan dit trekken, {when}.", en: "Building on this: {who} can lead, {when}."),
    Phrase(
      nl: "Mits het budget meeverhuist. Reken op {money}.",
      en: "Provided the budget moves along. Count on {money}."),
    Phrase(nl: "Dit kan al {when}, als {who} meedoet.", en: "This can be done {when}, if {who} joins in."),
    Phrase(
      nl: "Voorbeeld: {where} werkt het al {count} jaar zo.",
      en: "Example: it has worked like this {where} for {count} years."),
    Phrase(
      nl: "Let op de continuïteit: wat als {who} vertrekt?",
      en: "Mind the continuity: what if {who} leaves?"),
  ]

  /// What is added when a contribution of that kind is put better; nothing to a proposition or a quote.
  static func additions(kind: String) -> [Phrase] {
    switch kind {
    case "proposition", "quote": []
    case _ where isPlan(kind):
      [
        Phrase(nl: "Dit vindt de hele tafel.", en: "The whole table agrees."),
        Phrase(nl: "Kosten: ongeveer {money}.", en: "Cost: about {money}."),
        Phrase(nl: "Wel eerst navragen bij {who}.", en: "Ask {who} first, though."),
        Phrase(nl: "Graag {when}.", en: "Preferably {when}."),
        Phrase(nl: "({count} mensen zijn het hier niet mee eens.)", en: "({count} people disagree.)"),
      ]
    default:
      [
        Phrase(nl: "Dit herkent de hele tafel.", en: "The whole table recognises this."),
        Phrase(nl: "({count} mensen herkennen dit.)", en: "({count} people recognise this.)"),
        Phrase(nl: "Dit kwam in de pauze ook langs.", en: "This came up in the break as well."),
      ]
    }
  }

  /// The themes with the parts of words by which a contribution is put under one.
  static let themes: [(title: Phrase, body: Phrase, words: [Phrase])] = [
    (
      Phrase(nl: "Dichtbij: eerst de buurt", en: "Close by: the neighbourhood first"),
      Phrase(
        nl: "Ontmoeten en lichte hulp in de wijk voorkomen zwaardere zorg.",
        en: "Meeting people and light help nearby prevent heavier care."),
      [
        Phrase(nl: "buurt", en: "neighbour"), Phrase(nl: "wijk", en: "district"),
        Phrase(nl: "vrijwillig", en: "volunt"), Phrase(nl: "samen ", en: "together"),
        Phrase(nl: "inloop", en: "walk-in"),
      ]
    ),
    (
      Phrase(nl: "Minder papier, meer vertrouwen", en: "Less paper, more trust"),
      Phrase(
        nl: "Wie dicht bij de cliënt staat, mag meer zelf beslissen.",
        en: "Those close to the client may decide more themselves."),
      [
        Phrase(nl: "formulier", en: "form"), Phrase(nl: "indic", en: "assess"),
        Phrase(nl: "control", en: "check"), Phrase(nl: "beslis", en: "decide"),
        Phrase(nl: "vertrouw", en: "trust"), Phrase(nl: "bijlagen", en: "annex"),
      ]
    ),
    (
      Phrase(nl: "Samen inkopen en delen", en: "Buying and sharing together"),
      Phrase(
        nl: "Eén contract en één tarief; vervoer, ruimte en kennis delen.",
        en: "One contract and one rate; share transport, rooms and knowledge."),
      [
        Phrase(nl: "inkop", en: "buy"), Phrase(nl: "aanbested", en: "tender"),
        Phrase(nl: "tarie", en: "rate"), Phrase(nl: "aanbieder", en: "provider"),
        Phrase(nl: "vervoer", en: "transport"), Phrase(nl: "budget", en: "budget"),
      ]
    ),
    (
      Phrase(nl: "Oog voor mantelzorger en cliënt", en: "An eye for carer and client"),
      Phrase(
        nl: "Een vast gezicht, en rust voor wie zorgt.",
        en: "A familiar face, and rest for those who care."),
      [
        Phrase(nl: "mantelzorg", en: "carer"), Phrase(nl: "cliënt", en: "client"),
        Phrase(nl: "vaste", en: "familiar"), Phrase(nl: "moeder", en: "mother"),
        Phrase(nl: "schamen", en: "ashamed"),
      ]
    ),
  ]

  /// What the facilitator sends to all tables when a round begins.
  static let welcome = Phrase(
    nl: "Schrijf eerst drie minuten ieder voor zich. Praat daarna pas.",
    en: "First write three minutes on your own. Then talk.")
  /// What the facilitator sends when the round is extended.
  static let extended = Phrase(
    nl: "Jullie krijgen 5 minuten extra.", en: "You get 5 extra minutes.")
  /// What the facilitator sends to a table that writes little.
  static let encouragement = Phrase(
    nl: "Lukt het aan jullie tafel? Steekwoorden zijn ook goed.",
    en: "Is it going well at your table? Keywords are fine too.")
  /// What the facilitator marks.
  static let marker = Phrase(nl: "Mooi voorbeeld voor het verslag", en: "Good example for the report")
  /// Who walks in.
  static let walkIn = (
    name: "Robin Achterberg",
    organisation: Phrase(nl: "Bewonersgroep De Linde", en: "Linden residents’ group")
  )
}
