using System.Text;

namespace LocalRetrieval.Rag.Tests.Documents.Decoding;

public sealed class TextDecoderTests
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["English"] = "The quick brown fox jumps over the lazy dog.\nAgain, and again.\n",
        ["German"] = "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.\nSüß, schön und ärgerlich.\n",
        ["French"] = "Portez ce vieux whisky au juge blond qui fume. L’été, le cœur du garçon était déjà à Nîmes.\n",
        ["Spanish"] = "El pingüino Wenceslao hizo kilómetros bajo exhaustiva lluvia. ¿Dónde está el niño? ¡Mañana!\n",
        ["Russian"] = "Съешь же ещё этих мягких французских булок, да выпей чаю.\nИ ещё раз.\n",
        ["Greek"] = "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.\nΚαι πάλι.\n",
        ["Hebrew"] = "דג סקרן שט בים מאוכזב ולפתע מצא חברה.\nועוד פעם.\n",
        ["Chinese"] = "天地玄黄，宇宙洪荒。一日一夜，日月盈昃。\n一二三四五，上山打老虎。\n",
        ["Japanese"] = "いろはにほへと ちりぬるを。\n我が世誰ぞ常ならむ。\n",
        ["Emoji"] = "Smile 😀 and wave 👋🏽, naïvely.\n",
    };

    public static IEnumerable<object[]> LanguagesAndEncodings =>
        from language in Texts.Keys from encoding in (string[])["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"] select new object[] { language, encoding };

    [Theory]
    [MemberData(nameof(LanguagesAndEncodings))]
    public void Decode_UnicodeWithAndWithoutMark_GivesTheText(string language, string encodingName)
    {
        string text = Texts[language];
        Encoding encoding = Encoding.GetEncoding(encodingName);

        Assert.Equal(text, Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
        Assert.Equal(text, Decode(encoding.GetBytes(text)));
        string crLf = text.ReplaceLineEndings("\r\n");
        Assert.Equal(crLf, Decode(encoding.GetBytes(crLf)));
    }

    [Theory]
    [MemberData(nameof(LanguagesAndEncodings))]
    public void Decode_MarkedTextCutAnywhere_IsItsStartOrRefused(string language, string encodingName)
    {
        Encoding encoding = Encoding.GetEncoding(encodingName);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Texts[language])];

        for (int length = encoding.GetPreamble().Length; length < bytes.Length; length++)
        {
            string? text = TryDecode(bytes[..length]);
            Assert.True(text is null || Texts[language].StartsWith(text, StringComparison.Ordinal), $"{length} bytes were read as {text}.");
        }
    }

    [Theory]
    [InlineData("Russian")]
    [InlineData("Greek")]
    [InlineData("Hebrew")]
    [InlineData("Chinese")]
    [InlineData("Japanese")]
    [InlineData("German")]
    [InlineData("Emoji")]
    public void Decode_Utf8WithOneBadByte_IsRefusedWithItsOffset(string language)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Texts[language]);
        for (int place = 0; place <= bytes.Length; place++)
        {
            byte[] damaged = [.. bytes[..place], 0xFF, .. bytes[place..]];
            string message = Refusal(damaged);

            // Within a character the damage begins with it.
            int offset = place;
            while (offset > 0 && place < bytes.Length && (bytes[offset] & 0xC0) == 0x80)
            {
                offset--;
            }

            Assert.Contains($"at offset {offset}", message, StringComparison.Ordinal);
            Assert.StartsWith("'a.txt' is damaged", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("German")]
    [InlineData("French")]
    [InlineData("Spanish")]
    [InlineData("English")]
    public void Decode_Windows1252_GivesTheText(string language) => Assert.Equal(Texts[language], Decode(Ansi(1252, Texts[language])));

    [Theory]
    [InlineData("43616665 E974E920 C3A4", "0xE9 at offset 4", "other characters are")]
    [InlineData("2F2E2E C0AF 65746320", "0xC0 at offset 3", "is no UTF-8")]
    [InlineData("61 C080 C19C 62", "0xC0 at offset 1", "is no UTF-8")]
    [InlineData("61 EDA080 EDB080 62", "0xED at offset 1", "is no UTF-8")]
    [InlineData("C3A4 20 EDA0BD EDB880 62", "0xED at offset 3", "other characters are")]
    [InlineData("61 EDB080 62", "0xED at offset 1", "is no UTF-8")]
    public void Decode_DamagedUtf8_IsRefusedWithItsOffsetAndNoGuess(string bytes, string place, string why)
    {
        string message = Refusal(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.StartsWith("'a.txt' is damaged", message, StringComparison.Ordinal);
        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Zażółć gęślą jaźń. Książka leży na półce, a był to dzień świąteczny, więc wszyscy odpoczywali.", 28592)]
    [InlineData("W Szczebrzeszynie chrząszcz brzmi w trzcinie i Szczebrzeszyn z tego słynie. Żółw też.", 28592)]
    public void Decode_EasternEuropeanText_IsNotCalledWhatIsReadWithoutAName(string text, int codePage)
    {
        string message = Refusal(CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text));

        Assert.DoesNotContain("windows-1252", message, StringComparison.Ordinal);
        Assert.DoesNotContain("iso-8859-1.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Il vint à pied. À\u00A0Paris, il fut gai.")]
    [InlineData("Il dit : «\u00A0Ainsi, oui, aquí\u00A0» et se tut.")]
    [InlineData("Un café.")]
    [InlineData("naïve")]
    [InlineData("It’s here – “quoted” …")]
    [InlineData("Åsa åker över ån på en båt, och där är också Örjan.")]
    [InlineData("A informação não está disponível; é necessária uma ação rápida do usuário.")]
    [InlineData("Ægir gav mig æbler på øen, sagde han blåt og rødt.")]
    [InlineData("Het coördinatiecentrum is geïnteresseerd in één oplossing.")]
    [InlineData("Perché no? È così, però la città è più bella di là.")]
    [InlineData("Preis: 5 € (± 2 %), 20 °C, § 7 – siehe „Anhang“.")]
    [InlineData("Größe\tÄnderung\tÜbung\r\nmaß\tsüß\tschön\r\n")]
    public void Decode_WesternTextInWindows1252_GivesTheText(string text) => Assert.Equal(text, Decode(Ansi(1252, text)));

    [Theory]
    [InlineData("Russian", 1251, "windows-1251")]
    [InlineData("Russian", 20866, "koi8-r")]
    [InlineData("Greek", 1253, "iso-8859-7")]
    [InlineData("Hebrew", 1255, "windows-1255")]
    [InlineData("Chinese", 936, "gb18030")]
    [InlineData("Japanese", 932, "shift-jis")]
    [InlineData("Japanese", 51932, "euc-jp")]
    public void Decode_OtherEncoding_IsRefusedByNameOrReadWhereItIsNamed(string language, int codePage, string name)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        byte[] bytes = encoding.GetBytes(Texts[language]);

        Assert.Contains($"looks like {name}", Refusal(bytes), StringComparison.Ordinal);
        Assert.Equal(Texts[language], TextDecoder.Decode(bytes, "a.txt", encoding));
    }

    [Theory]
    [InlineData("Zażółć gęślą jaźń. Książka leży na półce, a był to dzień świąteczny.", 1250)]
    [InlineData("Příliš žluťoučký kůň úpěl ďábelské ódy. Čeština je krásný jazyk, který se těžko učí.", 1250)]
    [InlineData("Árvíztűrő tükörfúrógép. A könyv az asztalon van, és nagyon érdekes történet.", 1250)]
    [InlineData("İstanbul'da güneşli bir gün. Çocuklar bahçede oynuyor, ağaçlar yeşil.", 1254)]
    [InlineData("Привет", 1251)]
    [InlineData("中文", 936)]
    public void Decode_OtherEightBitEncoding_IsNotTakenForWindows1252(string text, int codePage)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;

        Assert.Null(TryDecode(encoding.GetBytes(text)));
        Assert.Equal(text, TextDecoder.Decode(encoding.GetBytes(text), "a.txt", encoding));
    }

    [Fact]
    public void Decode_NamedEncoding_DoesNotMakeTextOfDamage()
    {
        byte[] mixed = [.. "é ü ö "u8, 0xE9];

        Assert.Contains("at offset 9", Refusal(mixed), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => TextDecoder.Decode(mixed, "a.txt", CodePagesEncodingProvider.Instance.GetEncoding(1252)));
        Assert.Equal("é", TextDecoder.Decode("é"u8.ToArray(), "a.txt", Encoding.Latin1));
        Assert.Equal("天地玄黄", TextDecoder.Decode(Encoding.Unicode.GetBytes("天地玄黄"), "a.txt", Encoding.Unicode));
    }

    [Fact]
    public void Decode_MixedUtf8AndWindows1252_IsDamaged()
    {
        string message = Refusal([.. "caf"u8, 0xE9, .. " and café and "u8]);

        Assert.Contains("the byte 0xE9 at offset 3", message, StringComparison.Ordinal);
        Assert.Contains("other characters are", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caf\u00C3")]
    [InlineData("\u0081 a")]
    [InlineData("a \u00FF\u00FE\u00FD\u00FC\u00FB")]
    public void Decode_BytesThatMakeNoWords_AreRefused(string latin1) => Assert.Null(TryDecode(Encoding.Latin1.GetBytes(latin1)));

    [Fact]
    public void Decode_EveryControlCharacter_IsTextOrBinary()
    {
        for (int code = 0; code < 256; code++)
        {
            char character = (char)code;
            bool isText = code is 9 or 10 or 12 or 13 or 27 or (>= 32 and not 127);
            byte[] bytes = Encoding.UTF8.GetBytes($"ab{character}cd e");
            if (isText)
            {
                Assert.Equal($"ab{character}cd e", Decode(bytes));
            }
            else
            {
                Assert.Contains($"U+{code:X4} at offset 2", Refusal(bytes), StringComparison.Ordinal);
                Assert.Contains("is binary", Refusal(bytes), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Decode_EscapeSequencesAndFormFeeds_AreText() => Assert.Equal("\u001B[31mred\u001B[0m\f\tpage\r\n", Decode("\u001B[31mred\u001B[0m\f\tpage\r\n"u8.ToArray()));

    [Theory]
    [InlineData("iVBORw0KGgoAAAANSUhEUg==", "a PNG image")]
    [InlineData("/9j/4AAQSkZJRgABAQ==", "a JPEG image")]
    [InlineData("f0VMRgIBAQAAAAAAAAAAAA==", "an ELF program")]
    [InlineData("UEsDBBQAAAAIAA==", "a ZIP archive")]
    [InlineData("H4sIAAAAAAAAAw==", "a gzip archive")]
    [InlineData("0M8R4KGxGuEAAAAA", "an OLE file")]
    public void Decode_Binary_IsRefusedByName(string base64, string name) => Assert.Contains($"is binary and no text: {name}", Refusal(Convert.FromBase64String(base64)), StringComparison.Ordinal);

    [Theory]
    [InlineData("MZ is a country code")]
    [InlineData("II* and BZh, ID3, Rar!")]
    [InlineData("GIF89a is a format")]
    public void Decode_TextThatStartsAsABinaryDoes_IsText(string text) => Assert.Equal(text, Decode(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("abc\0def ")]
    [InlineData("abc\0")]
    [InlineData("some text with one NUL in it\0 and a lot of text behind it, all of it plain ASCII")]
    public void Decode_AsciiWithNuls_IsBinary(string text) => Assert.Contains("is binary", Refusal(Encoding.ASCII.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Decode_RandomBytes_AreRefused()
    {
        Random random = new(7);
        for (int run = 0; run < 2000; run++)
        {
            byte[] bytes = new byte[random.Next(64, 400)];
            random.NextBytes(bytes);
            Assert.Null(TryDecode(bytes));
        }
    }

    [Fact]
    public void Decode_NoBytes_AreAnEmptyText()
    {
        Assert.Equal("", Decode([]));
        Assert.Equal("", Decode([0xEF, 0xBB, 0xBF]));
        Assert.Equal("", Decode([0xFF, 0xFE]));
    }

    [Fact]
    public void Decode_GitLfsPointer_IsTold() =>
        Assert.Contains("git lfs pull", Refusal("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 7\n"u8.ToArray()), StringComparison.Ordinal);

    private static byte[] Ansi(int codePage, string text) => CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);

    private static string Decode(byte[] bytes) => TextDecoder.Decode(bytes, "a.txt");

    private static string Refusal(byte[] bytes) => Assert.Throws<InvalidDataException>(() => Decode(bytes)).Message;

    private static string? TryDecode(byte[] bytes)
    {
        try
        {
            return Decode(bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
