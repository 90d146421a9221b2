using System.Net.Sockets;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.Folders;

public sealed class FolderWalkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_LinkToAFolderAbove_GivesEachFileOnce()
    {
        _folder.Write("ok.md");
        _folder.Write("sub/deep/a.md");
        _folder.Link("sub/loop", "..");
        _folder.Link("sub/deep/self", ".");
        _folder.Link("again.md", "ok.md");

        Assert.Equal(["ok.md", "sub/deep/a.md"], _folder.Names());
    }

    [Fact]
    public void Run_LinksInACircle_AreNotFollowed()
    {
        _folder.Write("ok.md");
        _folder.Link("a", "b");
        _folder.Link("b", "a");
        _folder.Link("c", "nowhere");

        FolderContents contents = _folder.Walk();

        Assert.Equal(["ok.md"], contents.Files.Select(file => file.Name));
        Assert.Equal(["a", "b", "c"], contents.Skipped.Select(link => link.Source).Order());
    }

    [Fact]
    public void Run_LinkOutOfTheFolder_IsFollowedByOptionAlone()
    {
        using TemporaryFolder other = new();
        other.Write("far.md");
        other.Write("sub/further.md");
        other.Link("sub/back", other.Path);
        _folder.Write("ok.md");
        _folder.Link("out", other.Path);
        _folder.Link("far.md", other.In("far.md"));

        Assert.Equal(["ok.md"], _folder.Names());
        Assert.Equal(["far.md", "out"], _folder.Walk().Skipped.Select(link => link.Source).Order());

        // The file has two names, and the first link's it is.
        Assert.Equal(["far.md", "ok.md", "out/sub/further.md"], _folder.Names(new FolderOptions { FollowLinksOutside = true }));
    }

    [Theory]
    [InlineData("a/**", "a/out")]
    [InlineData("a/*", "a/out")]
    [InlineData("*/out/*.md", "a/out", "b/out")]
    [InlineData("*.md", "a/out", "b/out", "lost.md")]
    [InlineData("A/x?t/*.md")]
    public void Run_LinksThatAreLeftOut_AreToldWhereThePatternsTakeThem(string include, params string[] expected)
    {
        using TemporaryFolder other = new();
        other.Write("far.md");
        other.Write("far.txt");
        _folder.Write("a/ok.md");
        _folder.Write("b/ok.md");
        _folder.Link("a/out", other.Path);
        _folder.Link("b/out", other.Path);
        _folder.Link("b/far.txt", other.In("far.txt"));
        _folder.Link("lost.md", "nowhere");
        _folder.Link("lost.txt", "nowhere");

        Assert.Equal(expected, _folder.Walk(new FolderOptions { Include = [include] }).Skipped.Select(link => link.Source).Order());
    }

    [Fact]
    public void FromFolder_LinksThatAreNotFollowed_AreSkippedDocuments()
    {
        using TemporaryFolder other = new();
        other.Write("far.md");
        other.Write("far.txt");
        _folder.Write("ok.md");
        _folder.Link("out", other.Path);
        _folder.Link("out.md", other.In("far.md"));
        _folder.Link("out.txt", other.In("far.txt"));
        _folder.Link(" ", "nowhere");

        SourceDocument[] documents = [.. SourceDocument.FromFolder(_folder.Path, "*.md")];

        Assert.Equal(["./ ", "ok.md", "out", "out.md"], documents.Select(document => document.Source));
        Assert.Equal(["./ ", "out", "out.md"], documents.Where(document => document.Refusal is not null).Select(document => document.Source));
    }

    [Fact]
    public void Run_LinkThroughALinkedFolder_IsHeldAgainstTheRealRoot()
    {
        using TemporaryFolder other = new();
        other.Write("secret.md");
        Directory.CreateDirectory(_folder.In("sub"));
        _folder.Write("ok.md");
        _folder.Link("sub/up", other.In("x"));
        Directory.CreateDirectory(other.In("x"));

        // By its text the path leads to ok.md's folder, by the links to the other one's.
        _folder.Link("trick.md", "sub/up/../secret.md");

        Assert.Equal(["ok.md"], _folder.Names());
    }

    [Fact]
    public void Run_RootThatIsALink_IsWalked()
    {
        _folder.Write("docs/ok.md");
        _folder.Link("link", "docs");

        Assert.Equal(["ok.md"], FolderWalk.Run(_folder.In("link"), new FolderOptions(), CancellationToken.None).Files.Select(file => file.Name));
    }

    [Fact]
    public void Run_FilesAndFolders_HaveLengthAndTime()
    {
        string path = _folder.Write("a.md", "12345");
        DateTime time = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);

        FolderFile file = Assert.Single(_folder.Walk().Files);

        Assert.Equal(("a.md", 5, time), (file.Name, file.Length, file.LastWriteTime));
        Assert.Equal("12345", File.ReadAllText(file.Path));
    }

    [Fact]
    public void Run_Defaults_LeaveOutWhatIsHiddenOrGenerated()
    {
        foreach (string name in (string[])
            [
                "ok.md", ".hidden.md", ".git/a.md", ".github/a.md", "node_modules/p/a.md", "sub/node_modules/a.md",
                "app/app.csproj", "app/bin/a.md", "app/obj/a.md", "bin/a.md", "obj.md",
            ])
        {
            _folder.Write(name);
        }

        Assert.Equal(["app/app.csproj", "bin/a.md", "obj.md", "ok.md"], _folder.Names());
        Assert.Equal(
            [".github/a.md", ".hidden.md", "app/app.csproj", "bin/a.md", "obj.md", "ok.md"], _folder.Names(new FolderOptions { IncludeHidden = true }));
        Assert.Equal(
            ["app/app.csproj", "app/bin/a.md", "app/obj/a.md", "bin/a.md", "node_modules/p/a.md", "obj.md", "ok.md", "sub/node_modules/a.md"],
            _folder.Names(new FolderOptions { IncludeGenerated = true }));
    }

    [Theory]
    [InlineData("*.md", "", "a.md sub/b.MD sub/drafts/c.md")]
    [InlineData("**/*.md", "", "a.md sub/b.MD sub/drafts/c.md")]
    [InlineData("sub/*", "", "sub/b.MD sub/d.txt sub/drafts/c.md")]
    [InlineData("sub/*.txt", "", "sub/d.txt")]
    [InlineData("", "drafts", "a.md sub/b.MD sub/d.txt")]
    [InlineData("", "drafts/**", "a.md sub/b.MD sub/d.txt sub/drafts/c.md")]
    [InlineData("", "sub/drafts/**", "a.md sub/b.MD sub/d.txt")]
    [InlineData("", "sub/", "a.md")]
    [InlineData("*.md", "sub/b.md", "a.md sub/drafts/c.md")]
    [InlineData("a.md *.txt", "", "a.md sub/d.txt")]
    public void Run_Globs_IncludeAndExclude(string include, string exclude, string expected)
    {
        foreach (string name in (string[])["a.md", "sub/b.MD", "sub/d.txt", "sub/drafts/c.md"])
        {
            _folder.Write(name);
        }

        FolderOptions options = new()
        {
            Include = include.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Exclude = exclude.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        Assert.Equal(expected.Split(' '), _folder.Names(options));
    }

    [Fact]
    public async Task Run_PipesAndSockets_AreTold()
    {
        _folder.Write("ok.md");
        _folder.Write("empty.md", "");
        _folder.Run("mkfifo", "pipe.md");
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.In("socket.md")));

        FolderContents contents = await Task.Run(() => _folder.Walk()).OrHang();

        Assert.Equal(["empty.md", "ok.md"], contents.Files.Select(file => file.Name).Order());
        Assert.Equal(["'pipe.md' was skipped: a pipe", "'socket.md' was skipped: a socket"], contents.Skipped.Select(special => special.ToString()).Order());
    }

    [Fact]
    public void Run_EmptyFileBeforeTheEpoch_IsAFile()
    {
        _folder.Write("empty.md", "");
        _folder.Run("touch", "-d", "1931-05-05 UTC", "empty.md");

        Assert.Equal(["empty.md"], _folder.Names());
    }

    [RootFact]
    public void Run_EmptyFileOfAUserWithALargeId_IsAFile()
    {
        _folder.Write("empty.md", "");
        _folder.Run("mkfifo", "pipe.md");
        _folder.Run("chown", "3000000000:3000000000", "empty.md", "pipe.md");

        Assert.Equal(["empty.md"], _folder.Names());
        Assert.Equal(["'pipe.md' was skipped: a pipe"], _folder.Walk().Skipped.Select(special => special.ToString()));
    }

    [Fact]
    public void Run_NameThatIsNoUnicode_FailsAlone()
    {
        _folder.Write("ok.md");
        _folder.Run("sh", "-c", "printf x > \"$(printf 'b\\377d.md')\"; mkdir \"$(printf 'f\\377')\"; printf x > ' '");

        FolderContents contents = _folder.Walk();

        Assert.Equal(["./ ", "ok.md"], contents.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["b\uFFFDd.md", "f\uFFFD/"], contents.Failures.Select(failure => failure.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_PathsThatAreTooLong_FailAlone()
    {
        string half = string.Join('/', Enumerable.Repeat(new string('d', 100), 25));
        _folder.Write("ok.md");
        _folder.Write($"a/{half}/a.md");
        _folder.Write($"b/{half}/b.md");
        Directory.Move(_folder.In("b"), _folder.In($"a/{half}/b"));

        FolderContents contents = _folder.Walk();

        Assert.Equal([$"a/{half}/a.md", "ok.md"], contents.Files.Select(file => file.Name).Order());
        Assert.StartsWith($"a/{half}/b/ddd", Assert.Single(contents.Failures).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoFolder_Throws()
    {
        string file = _folder.Write("a.md");
        _folder.Link("circle", "circle");

        Assert.Throws<DirectoryNotFoundException>(() => FolderWalk.Run(_folder.In("missing"), new FolderOptions(), CancellationToken.None));
        Assert.Contains("is a file", Assert.Throws<DirectoryNotFoundException>(() => FolderWalk.Run(file, new FolderOptions(), CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => FolderWalk.Run(_folder.In("circle"), new FolderOptions(), CancellationToken.None));
    }

    [Fact]
    public void Run_Cancelled_Ends() =>
        Assert.Throws<OperationCanceledException>(() => FolderWalk.Run(_folder.Path, new FolderOptions(), new CancellationToken(canceled: true)));

    [NotRootFact]
    public void Run_ClosedFolder_FailsAndTheRestIsRead()
    {
        _folder.Write("ok.md");
        _folder.Write("locked/s.md");
        _folder.Write("locked-file.md");
        _folder.Run("chmod", "000", "locked", "locked-file.md");

        FolderContents contents = _folder.Walk();

        Assert.Equal(["locked-file.md", "ok.md"], contents.Files.Select(file => file.Name).Order());
        FolderFailure failure = Assert.Single(contents.Failures);
        Assert.Equal("locked/", failure.Name);
        Assert.IsType<UnauthorizedAccessException>(failure.Error);
        Assert.Empty(_folder.Walk(new FolderOptions { Exclude = ["locked"] }).Failures);
    }

    [NotRootFact]
    public void Run_ClosedGitIgnore_FailsAlone()
    {
        _folder.Write("ok.md");
        _folder.Write("sub/.gitignore", "*.md");
        _folder.Run("chmod", "000", "sub/.gitignore");

        FolderContents contents = _folder.Walk(new FolderOptions { UseGitIgnore = true });

        Assert.Equal(["ok.md"], contents.Files.Select(file => file.Name));
        Assert.Equal("sub/.gitignore", Assert.Single(contents.Failures).Name);
    }

    [NotRootFact]
    public void Run_ClosedRoot_Throws()
    {
        _folder.Write("locked/s.md");
        _folder.Run("chmod", "000", "locked");

        Assert.Throws<UnauthorizedAccessException>(() => FolderWalk.Run(_folder.In("locked"), new FolderOptions(), CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();
}
