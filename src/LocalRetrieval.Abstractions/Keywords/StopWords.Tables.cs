namespace LocalRetrieval;

public static partial class StopWords
{
    // English: Lucene's list, which the reference of BM25 uses. The others are pronouns, articles, prepositions, conjunctions and auxiliaries alone.
    /// <summary>What English questions are made of beyond its short list: pronouns, auxiliaries, question words. WHO and US are names, May a month.</summary>
    private const string EnglishQuestions =
        "i me my we our you your he him his she her its am were been being do does did have has had having can could should would how what when where which why "
            + "i'm i've i'd i'll don't doesn't didn't can't isn't aren't it's that's what's where's how's there's please";

    private static (string Language, string Words)[] Tables =>
    [
        ("en", "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with"),
        ("de", "aber alle als also am an auch auf aus bei bin bis bist da damit das dass dein dem den der des dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem einen einer eines er es euch für hat hatte ich ihm ihn ihr ihre im in indem ins ist kann mein mich mir mit nach nicht noch nun nur ob oder sehr sein seine sich sie sind so über um und uns unter vom von vor war was weil wenn werden wie wir wird zu zum zur zwischen"),
        ("fr", "à au aux avec ce ces cette dans de des du elle elles en est et être eux il ils je la le les leur leurs lui ma mais me même mes moi mon ne nos notre nous on ont ou où par pas pour qu que qui sa sans se ses si son sont sur ta te tes toi ton tu un une vos votre vous y été était"),
        ("es", "a al algo ante como con contra cual cuando de del desde donde el ella ellas ellos en entre era es esa ese eso esta este esto está están fue ha hay la las le les lo los más me mi muy ni no nos o otra otro para pero por porque que qué se sea ser si sin sobre son su sus también te tiene todo tu un una uno y ya yo"),
        ("it", "a ad agli ai al alla alle allo anche c che chi ci come con cui da dagli dai dal dalla dalle degli dei del della delle dello di e ed era è gli ha hanno i il in io l la le lei lo loro lui ma mi ne negli nei nel nella nelle non o per perché più quale quanto quella quello questa questo se si sia sono su sua sue sugli sui sul sulla suo ti tra tu un una uno"),
        ("pt", "a ao aos as até com como da das de dela dele do dos e é ela elas ele eles em entre era essa esse esta está este eu foi há isso isto já lhe mais mas me mesmo meu minha muito na nas nem no nos nós não o os ou para pela pelas pelo pelos por quando que quem se sem ser seu sua são só também te tem um uma você"),
        ("nl", "aan al als bij dat de der deze die dit doch door dus een en er geen had heb hebben heeft hem het hier hij hoe hun ik in is je kan kon maar me meer men met mij mijn na naar niet niets nog nu of om omdat onder ons ook op over te tegen tot u uit uw van veel voor want waren was wat we wel werd wezen wie wij wil worden wordt zal ze zich zij zijn zo zonder zou"),
        ("sv", "alla att av blev bli blir de dem den denna deras dess det detta dig din du där då efter ej eller en er ett från för ha hade han hans har henne hennes hon honom hur här i icke inte jag kan kunde man med mellan men mig min mot mycket ni nu när någon något några och om oss på samma sedan sig sin sina som så till under upp ut utan vad var vara vi vid vilken är över"),
        ("da", "af alle at blev bliver da de dem den denne der deres det dette dig din dog du efter eller en end er et for fra få ham han hans har havde hende hendes her hos hun hvad hvis hvor i ikke ind jeg jer kan kunne man mange med meget men mig min mod når ned noget nogle nu og også om op os over på selv sig sin skal som så til ud under var vi vil være været"),
        ("no", "alle at av ble bli blir da de dem den denne der deres det dette deg din du eller en er et etter for fordi fra før ha hadde han hans har henne hennes her hos hun hva hvis hvor hvordan i ikke inn jeg kan kunne man mange med meg meget men min mot må nå når noe noen og også om opp oss over på seg selv sin skal som så til ut under var ved vi vil være vært"),
        ("fi", "ei ja jo joka jos jotka että eivät en et he hän häntä hänen ne ne niin niitä nyt ole oli olla on ovat se sen siinä sitä siis sekä sille sinä minä me te tai tämä tämän tässä tätä nämä vaan vai vain mutta myös kun kuin koska kanssa mikä mitä missä mukaan voi voidaan voit ollut olisi"),
        ("pl", "a aby ale bez bo by był była było być ci co czy dla do gdy gdzie go i ich ile im ja jak jako je jego jej jest jeszcze już każdy kiedy kto która które który lub ma między mi mnie na nad nie nich nim o od on ona one oni oraz po pod przez przy się są ta tak także tam te tego tej ten to tu tym w we więc z za ze że żeby"),
        ("ru", "а без был была были было быть в вам вас во вот все всё вы где да для до его ее её если есть еще ещё же за и из или им их к как когда кто ли мне мы на над не него нее нет ни но о об он она они оно от по под при с со так также там то тоже тот у уже чем что чтобы эта эти это этот я"),
        ("tr", "acaba ama ancak bazı ben biz bu bunu böyle çok çünkü da daha de değil diye en gibi hem hep her hiç ile için ise kadar ki kim mi mu mü nasıl ne neden nerede o olan olarak olduğu olur onu ve veya ya yani şey şu"),
    ];
}
