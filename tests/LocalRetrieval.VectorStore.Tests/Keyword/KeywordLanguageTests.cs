using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class KeywordLanguageTests
{
    private const string English = "The wings of the plane were tested in the tunnel, and the results are shown in this report.";
    private const string German = "Die Flügel der Maschine wurden im Kanal geprüft, und die Ergebnisse sind in diesem Bericht nicht zu finden.";

    private static readonly KeywordIndexOptions Decided = new() { RemoveStopWords = true, Stem = true };

    /// <summary>A paragraph in each language that has stop words.</summary>
    public static TheoryData<string, string> Paragraphs => new()
    {
        { "en", "The library is read by the server, and there is no need to restart it when a file was changed." },
        { "de", "Die Bibliothek wird vom Server gelesen, und es ist nicht nötig, ihn neu zu starten, wenn eine Datei geändert wird." },
        { "fr", "La bibliothèque est lue par le serveur et il ne faut pas le redémarrer quand un des fichiers a été modifié." },
        { "es", "El servidor lee la biblioteca y no es necesario reiniciarlo cuando se ha cambiado uno de los archivos." },
        { "it", "La libreria viene letta dal server e non è necessario riavviarlo quando uno dei file è stato modificato." },
        { "pt", "A biblioteca é lida pelo servidor e não é preciso reiniciar quando um dos arquivos foi alterado em uma pasta." },
        { "nl", "De bibliotheek wordt door de server gelezen en het is niet nodig om hem te herstarten als een bestand is gewijzigd." },
        { "sv", "Biblioteket läses av servern och det är inte nödvändigt att starta om den när någon fil har ändrats, för allt är kvar." },
        { "da", "Biblioteket læses af serveren, og det er ikke nødvendigt at starte den igen, når der er noget nyt i en fil, for meget af det bliver i hukommelsen, også hvis nogle af dem er nye." },
        { "no", "Biblioteket leses av serveren, og det er ikke nødvendig å starte den på nytt når noe er endret i en fil, også hvis noen av dem er fra før." },
        { "fi", "Palvelin lukee kirjaston ja se ei ole tarpeen käynnistää uudelleen kun tiedosto on muuttunut, koska kaikki on vain muistissa." },
        { "pl", "Biblioteka jest czytana przez serwer i nie ma potrzeby go uruchamiać, gdy plik się zmienił, bo wszystko jest w pamięci." },
        { "ru", "Библиотека читается сервером, и не нужно его запускать, когда файл был изменён, потому что всё уже есть в памяти." },
        { "tr", "Kitaplık sunucu ile okunur ve bir dosya değişse bile yeniden başlatmak gerekli değil, çünkü her şey bellek için çok küçük." },
    };

    [Theory]
    [MemberData(nameof(Paragraphs))]
    public void Update_FirstTexts_DecideTheLanguage(string language, string text) =>
        Assert.Equal(language, new KeywordIndex(Decided).Update([], [new(1, text)]).Language);

    [Fact]
    public void Paragraphs_AreOfAllLanguages() => Assert.Equal(StopWords.Languages.Order(), Paragraphs.Select(row => (string)row[0]).Order());

    [Fact]
    public void Update_LaterTextsInAnotherLanguage_LeaveTheDecision()
    {
        KeywordIndex index = new KeywordIndex(Decided).Update([], [new(1, English)]);
        for (int row = 2; row < 60; row++)
        {
            index = index.Update([], [new(row, German)]);
        }

        Assert.Equal("en", index.Renumber([.. Enumerable.Range(0, 60).Select(row => 2 * row)]).Update([], [new(200, German)]).Language);
        Assert.Equal([1], index.Search("wing", new() { Top = 1 }).Select(found => found.Row));
        Assert.Equal("en", index.WithoutRows().Update([], [new(1, German)]).Language);
    }

    [Fact]
    public void Update_LastTextRemoved_DecidesAnew() =>
        Assert.Equal("de", new KeywordIndex(Decided).Update([], [new(1, English)]).Update([1], []).Update([], [new(2, German)]).Language);

    [Fact]
    public void Update_LittleTextFirst_IsAnalyzedAnewOnceTheLanguageShows()
    {
        KeywordIndex open = new KeywordIndex(Decided).Update([], [new(1, "Wings"), new(2, "Tunnels"), new(3, "Planes")]).Renumber([0, 4, 5, 6]);
        Assert.Null(open.Language);
        Assert.Equal([4], open.Search("WINGS", new() { Top = 9 }).Select(found => found.Row));
        Assert.Empty(open.Search("wing", new() { Top = 9 }));

        KeywordIndex decided = open.Update([5], [new(6, "Birds"), new(7, English)]);

        Assert.Equal("en", decided.Language);
        Assert.Equal(3, decided.Count);
        Assert.Equal([4, 7], decided.Search("wing", new() { Top = 9 }).Select(found => found.Row));
        Assert.Equal([7], decided.Search("tunnel", new() { Top = 9 }).Select(found => found.Row));
        Assert.Empty(decided.Search("plane bird the", new() { Top = 9, Accepts = row => row == 5 }));
        Assert.Equal([6], decided.Search("bird", new() { Top = 9 }).Select(found => found.Row));
    }

    [Theory]
    [InlineData(English + " " + German, 40)]
    [InlineData("Lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor", 120)]
    [InlineData("図書館はサーバーによって読み込まれる。再起動する必要はない。", 60)]
    public void Update_MixedOrUnknownLanguage_IsDecidedAsNone(string text, int repeated)
    {
        KeywordIndex index = new KeywordIndex(Decided).Update([], [new(1, text)]);
        Assert.Null(index.Language);

        index = index.Update([], Enumerable.Range(2, repeated).Select(row => KeyValuePair.Create(row, text)));

        Assert.Equal("", index.Language);
        Assert.Equal("", index.Update([], [new(500, English)]).Language);
    }

    [Fact]
    public void Search_LanguageByOption_IsNotDecided()
    {
        KeyValuePair<int, string>[] texts = [new(1, "Wings of the plane"), new(2, "wing")];

        Assert.Equal([1, 2], Rows("en", "wings"));
        Assert.Equal([1, 2], Rows("en-GB", "wings"));
        Assert.Equal([1], Rows("", "wings"));
        Assert.Equal([1], Rows("de", "wings"));
        Assert.Empty(Rows("en", "the"));
        Assert.Equal([1], Rows("de", "the"));
        Assert.Equal([1], Rows("xx", "the"));

        int[] Rows(string language, string query)
        {
            KeywordIndex index = new KeywordIndex(new KeywordIndexOptions { RemoveStopWords = true, Stem = true, Language = language }).Update([], texts);
            Assert.Null(index.Language);
            return [.. index.Search(query, new() { Top = 9 }).Select(found => found.Row).Order()];
        }
    }

    [Theory]
    [InlineData("How do I replace the filter?", "2")]
    [InlineData("What does DO1863 do?", "1")]
    [InlineData("do 1863", "1")]
    [InlineData("IS77", "3")]
    [InlineData("Don't you have a filter?", "2")]
    [InlineData("What can I do?", "4")]
    [InlineData("the", "")]
    public void Search_EnglishQuestion_GoesByWhatItIsAbout(string question, string expected)
    {
        KeywordIndex index = new KeywordIndex(new KeywordIndexOptions { Analysis = KeywordAnalysis.Identifiers, RemoveStopWords = true, Stem = true, Language = "en" }).Update(
            [], [new(1, "The error DO1863 of pump IS78"), new(2, "Replacing filters"), new(3, "A valve IS77"), new(4, "What you can do yourself")]);

        Assert.Equal(expected, string.Join(' ', index.Search(question, new() { Top = 9 }).Select(found => found.Row)));
    }

    [Fact]
    public void Search_StopWordsKept_EveryWordOfAQuestionCounts()
    {
        KeywordIndex index = new KeywordIndex(new KeywordIndexOptions { Analysis = KeywordAnalysis.Identifiers, Stem = true, Language = "en" }).Update([], [new(1, "DO1863"), new(2, "how")]);

        Assert.Equal([2, 1], index.Search("How do I?", new() { Top = 9 }).Select(found => found.Row));
    }

    [Fact]
    public void Update_OneByOneOrAnew_FindsTheSame()
    {
        Random random = new(3);
        string[] words = ["wings", "getUserName", "v1.22.0", "the", "of", "region-15", "planes", "user's", "C++", "1,000,000"];
        KeyValuePair<int, string>[] texts = [.. Enumerable.Range(0, 300).Select(row => KeyValuePair.Create(row, string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(_ => words[random.Next(words.Length)]))))];
        KeywordIndexOptions options = new() { Analysis = KeywordAnalysis.Identifiers, RemoveStopWords = true, Stem = true, Language = "en" };
        KeywordIndex updated = new(options);
        foreach (KeyValuePair<int, string> text in texts.Concat(texts.Where(text => text.Key % 3 == 0)))
        {
            updated = updated.Update([random.Next(300) + 300], [text, new(text.Key + 300, text.Value)]);
        }

        updated = updated.Update(Enumerable.Range(300, 300), []);
        KeywordIndex anew = new KeywordIndex(options).Update([], texts);

        Assert.Equal(anew.Count, updated.Count);
        Assert.Equal(anew.TotalLength, updated.TotalLength);
        Assert.All(
            ["wing", "user name", "v1.22", "region 15", "c++ 1000000", "get_user_name"],
            query => Assert.Equal(anew.Search(query, new() { Top = 300 }), updated.Search(query, new() { Top = 300 })));
    }
}
