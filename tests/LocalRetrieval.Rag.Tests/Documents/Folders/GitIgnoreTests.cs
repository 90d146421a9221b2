using System.Text.Json;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.Folders;

public sealed class GitIgnoreTests
{
    /// <summary>What git check-ignore says; gitignore_cases.py wrote it.</summary>
    private static readonly JsonElement Cases = ReadCases();

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Cases.GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Ignores_Rules_AgreesWithGit(int index)
    {
        JsonElement expected = Cases.GetProperty("cases")[index];
        Dictionary<string, string> files = expected.GetProperty("files").EnumerateObject()
            .ToDictionary(file => file.Name, file => string.Join('\n', file.Value.EnumerateArray().Select(rule => rule.GetString())));

        string[] kept = [.. Cases.GetProperty("paths").EnumerateArray().Select(path => path.GetString()!).Where(path => !IsIgnored(path, files)).Order(StringComparer.Ordinal)];

        Assert.Equal(expected.GetProperty("kept").EnumerateArray().Select(path => path.GetString()!).Order(StringComparer.Ordinal), kept);
    }

    [Fact]
    public void Run_GitIgnore_CountsByOptionAlone()
    {
        using TemporaryFolder folder = new();
        folder.Write(".gitignore", "out/\n*.txt\n!keep.txt\n");
        folder.Write("sub/.gitignore", "/a.md\n");
        foreach (string name in (string[])["a.md", "a.txt", "keep.txt", "out/a.md", "sub/a.md", "sub/b/a.md", "sub/keep.txt"])
        {
            folder.Write(name);
        }

        Assert.Equal(["a.md", "keep.txt", "sub/b/a.md", "sub/keep.txt"], folder.Names(new FolderOptions { UseGitIgnore = true }));
        Assert.Equal(7, folder.Names().Length);
    }

    [Fact]
    public async Task Ignores_PatternOfManyStars_DoesNotBacktrack()
    {
        GitIgnore rules = new(string.Concat(Enumerable.Repeat("a*", 200)) + "b", "", above: null);

        Assert.False(await Task.Run(() => rules.Ignores(new string('a', 5000), isFolder: false)).OrHang());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("?")]
    [InlineData("a*")]
    [InlineData("*?")]
    [InlineData("**/")]
    [InlineData("\\*")]
    [InlineData("[a-z]")]
    [InlineData("[[:alpha:]]")]
    public void Ignores_LongPattern_IsARuleOrNone(string piece)
    {
        for (int length = 16; length < 40_000; length *= 2)
        {
            GitIgnore rules = new(string.Concat(Enumerable.Repeat(piece, (length / piece.Length) - 1)) + "b\nc.md", "", above: null);

            Assert.True(rules.Ignores("c.md", isFolder: false));
            Assert.False(rules.Ignores("d.md", isFolder: false));
        }
    }

    // As the walk asks: each folder on the way first.
    private static bool IsIgnored(string path, Dictionary<string, string> files)
    {
        GitIgnore? rules = null;
        string[] parts = path.Split('/');
        for (int depth = 0; depth < parts.Length; depth++)
        {
            string folder = string.Join('/', parts[..depth]);
            if (files.TryGetValue(folder, out string? text))
            {
                rules = new GitIgnore(text, folder.Length == 0 ? "" : folder + "/", rules);
            }

            if (rules?.Ignores(string.Join('/', parts[..(depth + 1)]), isFolder: depth + 1 < parts.Length) == true)
            {
                return true;
            }
        }

        return false;
    }

    private static JsonElement ReadCases()
    {
        using Stream stream = typeof(GitIgnoreTests).Assembly.GetManifestResourceStream("gitignore-cases.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
