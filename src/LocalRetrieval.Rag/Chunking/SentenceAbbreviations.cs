namespace LocalRetrieval.Rag;

/// <summary>Words whose stop is their own, in the languages that documents here are most often in. A modest list: what is missing parts a sentence, no more.</summary>
internal static class SentenceAbbreviations
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> NeverLast = Lookup(
        StringComparer.OrdinalIgnoreCase,
        // English
        "mr mrs ms dr prof messrs capt lt sgt hon gov sen cf approx ca resp incl excl esp viz assoc dept tel",
        // German
        "bzw bzgl vgl ggf evtl inkl exkl zzgl abzgl sog hr fr frl dipl geb gest max min mind mio mrd tsd allg insb bspw gem einschl ehem",
        // French, Spanish, Portuguese, Italian
        "mme mlle mgr av ex sra srta dra ud uds ee avda exmo exma sig sigg dott ing",
        // Dutch, Nordic, Polish, Czech, Turkish
        "dhr mevr bijv dvs np tzn ul tj např mj örn bkz",
        // Russian
        "ул им см рис стр напр тыс млн млрд гл просп проф акад");

    /// <summary>Abbreviations before a number; a word like any other before something else.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> BeforeNumber = Lookup(
        StringComparer.OrdinalIgnoreCase,
        "no nos nr nrn n fig figs eq eqs sec secs ch chap vol vols p pp pg ed art arts par para abs ziff kap bd bde abb tab anl anm rn s st teil lit abt núm num pág págs pag blz str кл cap tomo fasc č nº jan feb mar apr jun jul aug sep sept oct nov dec okt dez al st mt lt");

    /// <summary>Abbreviations that often end a sentence.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> MayBeLast = Lookup(
        StringComparer.OrdinalIgnoreCase,
        "etc inc ltd st co corp jr sr bros llc plc al usw uvm ecc enz osv itd itp др пр vb vs est ave blvd rd gmbh");

    /// <summary>Words that begin a sentence far more often than they are names or German nouns.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Openers = Lookup(
        StringComparer.Ordinal,
        "The A An It Its He She They We I You This That These Those There Then But And Or So However In On At For From With By To As If When While After Before Since His Her Our Your My Their No Not Yes What Who Why How Where Which Each Every All Some Most Many Both One Later Next Now Also Use See",
        "Der Die Das Den Dem Ein Eine Einen Es Er Sie Wir Ich Ihr Dann Danach Dort Hier Im Am Bei Auch Aber Und Oder Diese Dieser Dieses Wenn Als Nach Vor Seit Zum Zur Mit Für Ohne Alle Jeder Man Nun",
        "Le La Les L Un Une Des Il Elle Ils Elles On Nous Vous Je Ce Cette Ces Mais Et Puis Dans En Pour Avec",
        "El Los Las Una Unos Pero Se Es Este Esta Con Por Para Sin Si Cuando Gli Lo Ma Nel Questo Questa O Os As Um Uma De Het Een Maar Dit Wij",
        "Он Она Оно Они Мы Это Этот Эта В На Но И Если Когда Затем После Для");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Months = Lookup(
        StringComparer.OrdinalIgnoreCase,
        "januar jänner februar märz april mai juni juli august september oktober november dezember jan feb apr aug sep sept okt nov dez",
        "januari februari mars maj marts oktober december maart mei augustus");

    /// <summary>Words of German and its neighbours before an ordinal number.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> BeforeOrdinal = Lookup(
        StringComparer.OrdinalIgnoreCase,
        "der die das dem den des am im vom zum zur bis ab seit beim ins ihr ihre ihren sein seine seinen jeder jede jedes jeden den det");

    public static bool IsNeverLast(ReadOnlySpan<char> word) => NeverLast.Contains(word) || word.EndsWith("str", StringComparison.OrdinalIgnoreCase);

    public static bool IsBeforeNumber(ReadOnlySpan<char> word) => BeforeNumber.Contains(word);

    public static bool MayEndSentence(ReadOnlySpan<char> word) => MayBeLast.Contains(word);

    public static bool IsOpener(ReadOnlySpan<char> word) => Openers.Contains(word);

    public static bool IsMonth(ReadOnlySpan<char> word) => Months.Contains(word);

    public static bool IsBeforeOrdinal(ReadOnlySpan<char> word) => BeforeOrdinal.Contains(word);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(StringComparer comparer, params ReadOnlySpan<string> lists)
    {
        HashSet<string> words = new(comparer);
        foreach (string list in lists)
        {
            words.UnionWith(list.Split(' '));
        }

        return words.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
