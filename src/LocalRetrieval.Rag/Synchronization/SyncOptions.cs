using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Options of a synchronisation.</summary>
public sealed class SyncOptions
{
    /// <summary>The defaults.</summary>
    public SyncOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public SyncOptions(SyncOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Store = other.Store;
        ManifestName = other.ManifestName;
        SourcePrefix = other.SourcePrefix;
        Vanished = other.Vanished;
        MaxVanishedShare = other.MaxVanishedShare;
        TakeOver = other.TakeOver;
        Folder = new FolderOptions(other.Folder);
    }

    /// <summary>The store of the manifest, which is a collection of its own.</summary>
    /// <value>Null takes the store of the passages, where it is known: from a collection of <c>LocalVectorStore</c>, or one that <see cref="PassageIndexer"/> gave. The default is null.</value>
    public VectorStore? Store { get; set; }

    /// <summary>The name of the manifest's collection, which the scopes of one collection of passages share.</summary>
    /// <value>Null takes the name of the passages' collection with <c>-sources</c> behind it. The default is null.</value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? ManifestName
    {
        get;
        set => field = string.IsNullOrWhiteSpace(value) && value is not null
            ? throw new ArgumentException("The name is empty. Leave it out for the default, or give a name that the store takes.", nameof(ManifestName))
            : value;
    }

    /// <summary>What stands before the path in every source's name, such as <c>handbook/</c>: it keeps the names of several scopes apart.</summary>
    /// <value>The default is empty: a source is named by its path from the folder.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string SourcePrefix
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(SourcePrefix));
            LoneSurrogates.ThrowIfInName(value);
            field = value;
        }
    } = "";

    /// <summary>What becomes of the passages of sources that are no longer in the folder.</summary>
    /// <value>The default is <see cref="VanishedSources.Delete"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public VanishedSources Vanished
    {
        get;
        set => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Vanished), value, "The value is not one of VanishedSources.");
    }

    /// <summary>The largest share of the scope's sources that one run may delete; if more have vanished, none is deleted, and each is a failure that says so.</summary>
    /// <remarks>What was not deleted is not deleted by later runs either, however the scope grows, until its file is back or this is at least the share that was gone.</remarks>
    /// <value>From 0 to 1, which lets all be deleted, also by an empty folder. The default is 0.5: a folder that is not mounted, or a wrong path, should not empty the collection.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0, above 1 or no number.</exception>
    public double MaxVanishedShare
    {
        get;
        set => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxVanishedShare), value, "The share is from 0 to 1.");
    } = 0.5;

    /// <summary>What of the folder is taken.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public FolderOptions Folder
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Folder));
            field = value;
        }
    } = new();

    /// <summary>Whether sources that the collection has already, of the same name and from another scope or from indexing, become this scope's.</summary>
    /// <value>The default is false: such a source is left alone, and the file of its name is a failure that says so.</value>
    public bool TakeOver { get; set; }
}
