/// The lists: the function words of each language (articles, pronouns, prepositions, conjunctions, auxiliaries and
/// their forms), after the lists that the Snowball project and Lucene made customary. Words with a meaning of their
/// own that those lists sometimes hold (`work`, `new`, `problem`) are not in them. Each is built when it is first asked for.
extension StopWords {
  static let english = StopWords(
    folding: """
      a about above after again against all am an and any are aren't as at be because been before being below between
      both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for from
      further had hadn't has hasn't have haven't having he he'd he'll her here hers herself him himself his how i i'd
      i'll i'm i've if in into is isn't it its itself let me more most mustn't my myself no nor not of off on once only or
      other ought our ours ourselves out over own same shan't she she'd she'll should shouldn't so some such than that
      the their theirs them themselves then there these they they'd they'll they're they've this those through to too
      under until up upon us very was wasn't we we'd we'll we're we've were weren't what when where which while who whom
      whose why will with won't would wouldn't you you'd you'll you're you've your yours yourself yourselves may might
      must shall also just
      """)

  static let german = StopWords(
    folding: """
      aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anderm andern anderr
      anders auch auf aus bei beim bin bis bist da damit dann das dasselbe dass dazu dein deine deinem deinen deiner
      deines dem demselben den denn denselben der derer derselbe derselben des desselben dessen dich die dies diese
      dieselbe dieselben diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einig einige
      einigem einigen einiger einiges einmal er es etwas euch euer eure eurem euren eurer eures für gegen gewesen hab
      habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist
      jede jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner keines können
      könnte machen man manche manchem manchen mancher manches mein meine meinem meinen meiner meines mich mir mit muss
      musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seines selbst sich sie
      sind so solche solchem solchen solcher solches soll sollte sondern sonst über um und uns unser unsere unserem
      unseren unserer unseres unter viel vom von vor während war waren warst was weg weil weiter welche welchem welchen
      welcher welches wenn werde werden wie wieder will wir wird wirst wo wollen wollte würde würden wurde wurden zu zum
      zur zwar zwischen
      """)

  static let french = StopWords(
    folding: """
      à ai aie aient aies ait as au aura aurai auraient aurais aurait auras aurez auriez aurions aurons auront aux avaient
      avais avait avec avez aviez avions avons ayant ayez ayons c ce ceci cela ces cet cette d dans de des du elle elles en
      entre es est et étaient étais était étant été étée étées êtes étiez étions eu eue eues eûmes eurent eus eusse
      eussent eusses eussiez eussions eut eût eûtes eux fûmes furent fus fusse fussent fusses fussiez fussions fut fût
      fûtes ici il ils j je l la le les leur leurs lui m ma mais me même mes moi mon n ne nos notre nous on ont ou où par
      pas pour qu que quel quelle quelles quels qui s sa sans se sera serai seraient serais serait seras serez seriez
      serions serons seront ses si soi soient sois soit sommes son sont soyez soyons suis sur t ta te tes toi ton tu un
      une vos votre vous y aujourd'hui donc car ni or comme aussi très plus
      """)

  static let spanish = StopWords(
    folding: """
      a al algo algunas algunos ante antes como con contra cual cuando de del desde donde durante e el él ella ellas ellos
      en entre era erais éramos eran eras eres es esa esas ese eso esos esta está estaba estabais estábamos estaban
      estabas estad estada estadas estado estados estáis estamos están estando estar estará estarán estarás estaré
      estaréis estaremos estaría estarían estas estás este esté estéis estemos estén estés esto estos estoy estuve
      estuviera estuvieron estuvo fue fuera fueran fuéramos fueron fui fuimos ha habéis haber había habíamos habían
      habías habida habido habiendo habrá habrán habré habremos habría habrían han has hasta hay haya hayan hayas he
      hemos hube hubiera hubieron hubo la las le les lo los más me mi mí mía mías mientras mío míos mis mucho muchos muy
      nada ni no nos nosotras nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco por
      porque que qué quien quienes se sea seamos sean seas ser será serán seré seremos sería serían sí si sido siendo sin
      sobre sois somos son soy su sus suya suyas suyo suyos también tanto te tendrá tenemos tener tengo tenía tenido
      tiene tienen todo todos tu tú tus tuvo tuya tuyo un una uno unos unas vosotras vosotros vuestra vuestras vuestro
      vuestros y ya yo
      """)

  static let italian = StopWords(
    folding: """
      a abbia abbiamo abbiano abbiate ad agli ai al all alla alle allo anche avemmo avendo avesse avessero avessi avete
      aveva avevamo avevano avevate avevi avevo avrà avrai avranno avrebbe avrebbero avrei avremo avrete avrò avuta avute
      avuti avuto c che chi ci coi col come con contro cui da dagli dai dal dall dalla dalle dallo degli dei del dell
      della delle dello di dov dove e è ebbe ebbero ed era erano eravamo eravate eri ero essendo essere fa facciamo fai
      fanno fosse fossero fossi fosti fu fui fummo furono gli ha hai hanno ho i il in io l la le lei li lo loro lui ma
      me mi mia mie miei mio ne negli nei nel nell nella nelle nello noi non nostra nostre nostri nostro o per perché più
      quale quanta quante quanti quanto quella quelle quelli quello quest questa queste questi questo sarà sarai saranno
      sarebbe sarebbero sarei saremo sarete sarò se sei si sia siamo siano siate siete sono sta stai stando stanno stata
      state stati stato stava stavano su sua sue sugli sui sul sull sulla sulle sullo suo suoi ti tra tu tua tue tuo tuoi
      tutti tutto un una uno vi voi vostra vostre vostri vostro
      """)

  static let portuguese = StopWords(
    folding: """
      a à ao aos aquela aquelas aquele aqueles aquilo as às até com como da das de dela delas dele deles depois do dos e é
      ela elas ele eles em entre era eram éramos essa essas esse esses esta está estamos estão estar estas estava estavam
      este esteja estejam estes esteve estive estiver estou eu foi fomos for fora foram fosse fossem fui há haja hajam
      havia hei houve isso isto já lhe lhes mais mas me mesmo meu meus minha minhas muito na não nas nem no nos nós nossa
      nossas nosso nossos num numa o os ou para pela pelas pelo pelos por qual quando que quem são se seja sejam sem ser
      será serão serei seremos seria seriam seu seus só somos sou sua suas também te tem têm temos tenha tenham tenho ter
      terá terão terei teria teve tinha tinham tive tiver tu tua tuas um uma umas uns você vocês vos
      """)

  static let dutch = StopWords(
    folding: """
      aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen
      geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me meer
      men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te tegen toch toen tot u
      uit uw van veel voor want waren was wat werd wezen wie wil worden wordt zal ze zelf zich zij zijn zo zonder zou
      """)

  static let swedish = StopWords(
    folding: """
      alla allt än är åt att av blev bli blir blivit då där de dem den denna deras dess dessa det detta dig din dina ditt
      du efter ej eller en er era ert ett för från ha hade han hans har här henne hennes hon honom hur i icke ingen inom
      inte jag ju kan kunde man med mellan men mig min mina mitt mot mycket något någon några när nej ni nu och om oss på
      så sådan sådana sådant samma sedan sig sin sina sitt själv ska skulle som till under upp ut utan vad var vår våra
      vårt varför vart vem vi vid vilka vilkas vilken vilket
      """)

  static let norwegian = StopWords(
    folding: """
      alle andre at av begge ble blei bli blir blitt både båe da de deg dei deim deira deires dem den denne der dere deres
      det dette di din disse ditt du dykk dykkar då eg ein eit eitt eller elles en enn er et ett etter for fordi fra før
      ha hadde han hans har hennar henne hennes her hjå ho hoe honom hoss hun hva hvem hver hvilke hvilken hvis hvor
      hvordan hvorfor i ikke ikkje ingen ingi inkje inn inni ja jeg kan kom korleis korso kun kunne kva kvar kvarhelst
      kven kvi kvifor man mange me med medan meg meget mellom men mi min mine mitt mot mykje ned no noe noen noka noko
      nokon nokor nokre nå når og også om opp oss over på samme seg selv si sia sidan siden sin sine sitt sjøl skal
      skulle slik so som somme somt så sånn til um upp ut uten var vart varte ved vere vi vil ville vore vors vort vår
      være vært å
      """)

  static let danish = StopWords(
    folding: """
      ad af alle alt anden at blev blive bliver da de dem den denne der deres det dette dig din disse dog du efter eller
      en end er et for fra ham han hans har havde have hende hendes her hos hun hvad hvis hvor i ikke ind jeg jer jo kunne
      man mange med meget men mig min mine mit mod ned noget nogle nu når og også om op os over på selv sig sin sine sit
      skal skulle som sådan thi til ud under var vi vil ville vor være været
      """)

  static let finnish = StopWords(
    folding: """
      ei eivät emme en et ette että he heidän heidät heihin heille heillä heiltä heissä heistä heitä hän häneen hänelle
      hänellä häneltä hänen hänessä hänestä hänet häntä itse ja johon joiden joihin joiksi joilla joille joina joissa
      joista joita joka joksi jolla jolle jolta jona jonka jos jossa josta jota jotka kanssa keneen kenelle kenellä
      keneltä kenen kenenä kenessä kenestä kenet ketkä ketä koska kuin kuka kun me meidän meidät meihin meille
      meillä meiltä meissä meistä meitä mihin mikä mikään miksi millä mille miltä minkä minua minulla minulle minulta
      minun minussa minusta minut minuun minä missä mistä mitkä mitä mukaan mutta ne niiden niihin niiksi niille niillä
      niiltä niin niissä niistä niitä noiden noihin noilla noille noissa noista noita nuo nyt näiden näihin näille näillä
      näissä näistä näitä nämä ole olemme olen olet olette oli olimme olin olisi olisin olisit olisivat olit olitte
      olivat olla olleet ollut on ovat poikki se sekä sen siihen siinä siitä siksi sille sillä siltä sinua sinulla sinulle
      sinulta sinun sinussa sinusta sinut sinuun sinä sitä tai te teidän teidät teille teillä teissä teistä teitä tuo
      tuohon tuolla tuolle tuolta tuon tuossa tuosta tuota tähän tälle tällä tältä tämä tämän tässä tästä tätä vaan vai
      vaikka yli
      """)

  static let russian = StopWords(
    folding: """
      а без более бы был была были было быть в вам вами вас весь во вот все всего всей всем всеми всему всех всю вы где да
      для до его ее ей ему если есть еще же за здесь и из или им ими их к как какая какой ко когда кто куда ли либо между
      меня мне мной мы на над надо нас не него нее ней нем нет нею ни ним ними них но о об обо он она они оно от по под
      при с сам сама сами само свое своего своей свои своих свою себе себя со собой так такая также такой там те тебе
      тебя тем теми то тобой тогда того тоже той только том тот ту ты у уже чего чей чем что чтобы чье чья эта эти этим
      этими этих это этого этой этом этому этот эту я
      """)
}
