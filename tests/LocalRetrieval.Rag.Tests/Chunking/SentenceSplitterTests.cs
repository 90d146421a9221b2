using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Chunking;

public sealed class SentenceSplitterTests
{
    /// <summary>Texts with a bar between their sentences.</summary>
    public static TheoryData<string, string> Languages { get; } = new()
    {
        { "English", "One. |Two! |Three? |Four" },
        { "English", "He said \"Stop.\" |Then (it ended.) |He left." },
        { "English", "Dr. Smith met J. Doe, e.g. in the U.S. embassy, at 3.14 p.m. sharp. |Next." },
        { "English", "See Fig. 3 and Eq. 4. |Done." },
        { "English", "Wait... what? no. |Yes" },
        { "English", "1. First item. |Second." },
        { "English", "Version 2.0.1 is out. |3 bugs." },
        { "English", "J. R. R. Tolkien wrote it. |C. S. Lewis did not." },
        { "English", "Read README.md. |Then run build.sh. |It takes 1.5 hours." },
        { "English", "See https://example.com/a.b?c=d. |Nothing else is needed." },
        { "English", "We met at 5 p.m. |Then we left. |The U.S. Army came, etc. |They stayed." },
        { "English", "Apple Inc. is large. |So is Acme Corp. |It sells glue." },
        { "English", "Prof. Jones and Mrs. Brown agree. |Is that all? |“Yes.” |Good." },
        { "English", "It is No. 5 of vol. 2. |The answer is no. |Try again." },
        { "English", "The index is 0.95. |Above 1.2.3.4 nothing answers. |Cf. Smith et al. 2020." },
        { "English", "“Run!” he cried. |“Why?” she asked. |Nobody knew…" },
        { "German", "Das gilt z. B. für Nr. 5 der Liste. |Am 3. Oktober wurde es geändert. |Gut." },
        { "German", "Der 2. Weltkrieg endete 1945. |Danach begann der Aufbau. |Es dauerte ca. 10 Jahre." },
        { "German", "Das kostet 3,50 € bzw. 4.000 € im Jahr. |Vgl. Abb. 3, S. 12 und Abs. 2. |Fertig!" },
        { "German", "Dr. Müller wohnt in der Hauptstr. 5. |Hr. Schmidt auch. |Das ist u. a. bekannt, d. h. jeder weiß es." },
        { "German", "Sie fragte: „Wer?“ |Er schwieg. |»Niemand.« |Punkt." },
        { "French", "M. Dupont habite à Paris. |Mme. Curie aussi. |« Bonjour ! » |Il est parti." },
        { "French", "C’est vrai, cf. p. 12. |Est-ce tout ? |Oui ! |En 52 av. J.-C. ce fut la guerre. |Fin." },
        { "Spanish", "El Sr. García llegó. |¿Quién es? |¡Qué bien! |La Dra. López, de EE. UU., dijo que no. |Vale." },
        { "Spanish", "Véase la pág. 5 y el núm. 3. |Cuesta 1.500 euros. |Nada más." },
        { "Italian", "Il sig. Rossi abita qui. |Il dott. Bianchi no. |Vedi art. 5 e fig. 2. |Perché? |Chissà!" },
        { "Portuguese", "O Sr. Silva saiu. |A Dra. Costa ficou. |Veja a pág. 7. |Que dia é hoje? |Não sei." },
        { "Dutch", "Dhr. Jansen woont bijv. in Utrecht. |Zie blz. 12. |Waarom? |Omdat het kan." },
        { "Polish", "Np. Jan mieszka przy ul. Długiej 5. |To prof. Nowak. |Dlaczego? |Nie wiem." },
        { "Russian", "Он живёт на ул. Ленина. |См. рис. 3 на стр. 5. |Почему? |Это стоит 5 тыс. рублей. |Всё!" },
        { "Chinese", "这是第一句。|这是第二句！|他问：“为什么？”|没有人回答……然后他走了。|版本是3.14。|完" },
        { "Chinese", "（见第三章。）|价格为1,000.50元。|真的吗？！|真的。" },
        { "Japanese", "これは文です。|次の文！|「引用。」|終わり" },
        { "Japanese", "彼は「行くよ。」と言った。|彼女は泣いた。|本当ですか？|はい。" },
        { "Hindi", "यह पहला वाक्य है।|यह दूसरा है। |क्या यह सही है? |हाँ।" },
        { "Arabic", "هذه جملة. |هل هذا صحيح؟ |نعم! |انتهى." },
        { "Urdu", "یہ جملہ ہے۔ |کیا یہ درست ہے؟ |جی ہاں۔" },
        { "Armenian", "Սա նախադասություն է։ |Սա երկրորդն է։ |Վերջ։" },
        { "Amharic", "ይህ ዓረፍተ ነገር ነው። |ይህ ሁለተኛው ነው።" },
    };

    [Theory]
    [MemberData(nameof(Languages))]
    public void Split_TextOfALanguage_EndsAtSentences(string language, string sentences)
    {
        Assert.NotEmpty(language);
        AssertSplit(sentences.Replace("|", "", StringComparison.Ordinal), string.Join('|', sentences.Split('|').Select(sentence => sentence.Trim())));
    }

    [Fact]
    public void Languages_All_AreOverAHundredSentencesOfTen()
    {
        Assert.True(Languages.Sum(row => ((string)row[1]).Split('|').Length) >= 100);
        Assert.True(Languages.Select(row => row[0]).Distinct().Count() >= 10);
    }

    [Theory]
    [InlineData("これは文です。次の文！「引用。」終わり", "これは文です。|次の文！|「引用。」|終わり")]
    [InlineData("a hard\nwrapped line. And\r\nmore", "a hard\nwrapped line.|And\r\nmore")]
    [InlineData("no stop\n\nnew one", "no stop|new one")]
    [InlineData("no stop\r\n \r\nnew one", "no stop|new one")]
    [InlineData("   ", "")]
    [InlineData("Acme Ltd\n12 Main Street\nSpringfield", "Acme Ltd|12 Main Street|Springfield")]
    [InlineData("Needs:\n- two eggs\n- a cup of milk\n- salt", "Needs:|- two eggs|- a cup of milk|- salt")]
    [InlineData("1. cut\n2. stir\n10) serve", "1. cut|2. stir|10) serve")]
    [InlineData("2024-01-02 12:00:00 disk full\n2024-01-02 12:00:01 giving up", "2024-01-02 12:00:00 disk full|2024-01-02 12:00:01 giving up")]
    [InlineData("[info] started\r\n[warn] slow\r\n[info] stopped", "[info] started|[warn] slow|[info] stopped")]
    [InlineData("12:01 boot\n12:02 ready", "12:01 boot|12:02 ready")]
    [InlineData("Roses are red,  \nViolets are blue", "Roses are red,|Violets are blue")]
    [InlineData(
        "The committee that met in the old hall of the town in the autumn of\nParis voted for the plan of the engineers, and the works began in the\nspring.",
        "The committee that met in the old hall of the town in the autumn of\nParis voted for the plan of the engineers, and the works began in the\nspring.")]
    [InlineData("> quoted and\n> wrapped. Then\n> more.", "> quoted and\n> wrapped.|Then\n> more.")]
    [InlineData(
        "line number 1 without any stop\nline number 2 without any stop\nline number 3 without any stop\nline number 4 without any stop\nline number 5 without any stop",
        "line number 1 without any stop|line number 2 without any stop|line number 3 without any stop|line number 4 without any stop|line number 5 without any stop")]
    [InlineData("salt\nflour v1.2\nmilk, warm\nbutter\na long entry about eggs from the farm behind the hill of the town", "salt|flour v1.2|milk, warm|butter|a long entry about eggs from the farm behind the hill of the town")]
    [InlineData("a verse that goes\non and then ends. the\nnext one goes on and\non until it is at\nan end", "a verse that goes\non and then ends. the\nnext one goes on and\non until it is at\nan end")]
    public void Split_Lines_EndsWhereTheyStandForThemselves(string text, string expected) => AssertSplit(text, expected);

    [Theory]
    [InlineData("a. ")]
    [InlineData("a.a.")]
    [InlineData("1. ")]
    [InlineData("\n")]
    [InlineData("X\n")]
    [InlineData("。")]
    [InlineData(".")]
    [InlineData("x\n\n")]
    public async Task Split_LongHostileText_CoversIt(string unit)
    {
        string text = new string(' ', 300_000) + string.Concat(Enumerable.Repeat(unit, 300_000 / unit.Length));

        List<TextRange> sentences = await Task.Run(() => SentenceSplitter.Split(text, new TextRange(0, text.Length))).OrHang();

        Assert.Equal(text.Count(c => !char.IsWhiteSpace(c)), sentences.Sum(sentence => sentence.Of(text).ToString().Count(c => !char.IsWhiteSpace(c))));
    }

    [Fact]
    public void Split_Cancelled_EndsWithinABlock()
    {
        string text = string.Concat(Enumerable.Repeat("A sentence. ", 5000));

        Assert.Throws<OperationCanceledException>(() => SentenceSplitter.Split(text, new TextRange(0, text.Length), new CancellationToken(canceled: true)));
    }

    private static void AssertSplit(string text, string expected)
    {
        List<TextRange> sentences = SentenceSplitter.Split(text, new TextRange(0, text.Length));

        Assert.Equal(expected, string.Join('|', sentences.Select(sentence => sentence.Of(text).ToString())));
    }
}
