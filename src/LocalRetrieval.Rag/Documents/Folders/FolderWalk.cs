namespace LocalRetrieval.Rag;

/// <summary>One walk through a folder: every file once, by its real path; links last, so that what lies in the folder has its own name.</summary>
internal sealed class FolderWalk
{
    private readonly FolderOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly string _folder;
    private readonly string _root;
    private readonly GlobFilter _globs;
    private readonly FolderContents _contents = new();
    private readonly HashSet<string> _seen = new(StringComparer.FromComparison(RealPath.Comparison));
    private readonly Stack<(string Path, string Name, GitIgnore? Ignored)> _folders = [];
    private readonly Queue<(string Path, string Name)> _links = [];

    private FolderWalk(string folder, string root, FolderOptions options, CancellationToken cancellationToken)
    {
        _folder = folder;
        _root = root;
        _options = options;
        _globs = new GlobFilter(options);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Finds the files in a folder and the folders below.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static FolderContents Run(string folder, FolderOptions options, CancellationToken cancellationToken)
    {
        string? root = RealPath.Resolve(Path.GetFullPath(folder));
        if (root is null || File.Exists(root))
        {
            throw new DirectoryNotFoundException($"'{folder}' is {(root is null ? "a link that leads in a circle" : "a file")}, and no folder.");
        }

        FolderWalk walk = new(folder, root, options, cancellationToken);
        walk._folders.Push((root, "", null));
        walk.Visit();
        while (walk._links.TryDequeue(out (string Path, string Name) link))
        {
            walk.Follow(link.Path, link.Name);
            walk.Visit();
        }

        return walk._contents;
    }

    private void Visit()
    {
        while (_folders.TryPop(out (string Path, string Name, GitIgnore? Ignored) folder))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (!_seen.Add(folder.Path) || Read(folder.Path, folder.Name) is not { } entries)
            {
                continue;
            }

            GitIgnore? ignored = _options.UseGitIgnore ? ReadIgnored(folder.Path, folder.Name, folder.Ignored) : null;
            bool isProject = Array.Exists(entries, entry => Path.GetExtension(entry.Name).EndsWith("proj", StringComparison.OrdinalIgnoreCase));
            foreach (FolderEntry entry in entries)
            {
                Visit(entry, folder.Path, folder.Name + entry.Name, isProject, ignored);
            }
        }
    }

    private FolderEntry[]? Read(string path, string name)
    {
        try
        {
            return FolderEntry.Of(path);
        }
        catch (DirectoryNotFoundException exception) when (name.Length == 0)
        {
            string place = Path.IsPathFullyQualified(_folder) ? "" : $", which is '{Path.GetFullPath(_folder)}' from the current directory";
            throw new DirectoryNotFoundException(
                $"There is no folder '{_folder}' to read documents from{place}. Check the path, and whether the volume that it lies on is mounted.", exception);
        }
        catch (Exception exception) when (name.Length > 0 && exception is IOException or UnauthorizedAccessException)
        {
            // One that is gone is none any more.
            if (exception is not DirectoryNotFoundException || IsMisread(name))
            {
                Fail(name, exception);
            }

            return null;
        }
    }

    private GitIgnore? ReadIgnored(string path, string name, GitIgnore? above)
    {
        try
        {
            return GitIgnore.Read(path, name, above);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail($"{name}.gitignore", exception);
            return above;
        }
    }

    private void Visit(FolderEntry entry, string folder, string name, bool isProject, GitIgnore? ignored)
    {
        if (IsLeftOut(entry, name, isProject) || ignored?.Ignores(name, entry.IsFolder && !entry.IsLink) == true)
        {
            return;
        }

        string path = Path.Combine(folder, entry.Name);
        if (entry.IsLink)
        {
            _links.Enqueue((path, name));
        }
        else if (entry.IsFolder)
        {
            _folders.Push((path, name + "/", ignored));
        }
        else if (_globs.Takes(name))
        {
            Take(path, name, entry.Length, entry.LastWriteTime);
        }
    }

    private bool IsLeftOut(FolderEntry entry, string name, bool isProject) =>
        (entry.IsHidden && !_options.IncludeHidden)
        || (!_options.IncludeGenerated && (entry.Name is ".git" || (entry.IsFolder && (entry.Name is "node_modules" || (isProject && entry.Name is "bin" or "obj")))))
        || (entry.IsFolder && _globs.LeavesOut(name));

    private void Take(string path, string name, long length, DateTime lastWriteTime)
    {
        if (!_seen.Add(path))
        {
            return;
        }

        if (IsMisread(name) && !File.Exists(path))
        {
            Fail(name, new FileNotFoundException($"'{name}' cannot be opened, since its name is no valid Unicode. Rename it.", path));
        }
        else if (length == 0 && SpecialFile.Describe(path) is { } kind)
        {
            Skip(name, kind);
        }
        else
        {
            _contents.Files.Add(new FolderFile(path, Visible(name), length, lastWriteTime));
        }
    }

    private void Follow(string path, string name)
    {
        string? target = RealPath.Resolve(path);
        bool isFolder = Directory.Exists(target);
        bool leadsNowhere = target is null || (!isFolder && !File.Exists(target));
        if (!_globs.Takes(name) && !((isFolder || (leadsNowhere && !Path.HasExtension(name))) && _globs.MayHold(name)))
        {
            return;
        }

        if (target is null || leadsNowhere)
        {
            Skip(name, target is null ? "a link that leads in a circle" : "a link that leads nowhere");
        }
        else if (!RealPath.IsWithin(target, _root) && !_options.FollowLinksOutside)
        {
            Skip(name, $"a link that leads out of the folder, which {nameof(FolderOptions)}.{nameof(FolderOptions.FollowLinksOutside)} allows");
        }
        else if (isFolder)
        {
            _folders.Push((target, name + "/", null));
        }
        else
        {
            FileInfo file = new(target);
            Take(target, name, file.Exists ? file.Length : 0, file.LastWriteTimeUtc);
        }
    }

    private void Skip(string name, string reason) => _contents.Skipped.Add(new SkippedDocument { Source = LoneSurrogates.Replace(Visible(name)), Reason = reason });

    private void Fail(string name, Exception error) => _contents.Failures.Add(new FolderFailure(LoneSurrogates.Replace(name), error));

    // No document has a blank name.
    private static string Visible(string name) => string.IsNullOrWhiteSpace(name) ? $"./{name}" : name;

    // What is no valid Unicode is read with replacement characters, under which nothing is found.
    private static bool IsMisread(string name) => name.Contains('\uFFFD', StringComparison.Ordinal) || LoneSurrogates.IndexIn(name) >= 0;
}
