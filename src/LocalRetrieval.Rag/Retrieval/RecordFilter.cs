using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Holds records that were fetched to a filter.</summary>
internal static class RecordFilter
{
    /// <summary>Whether the filter lets a record through; what it cannot be applied to, as where it reads a part that is null, it does not.</summary>
    public static Func<TRecord, bool> Compile<TRecord>(Expression<Func<TRecord, bool>> filter)
        where TRecord : class
    {
        Func<TRecord, bool> lets = filter.Compile();
        return record => Lets(lets, record);
    }

    private static bool Lets<TRecord>(Func<TRecord, bool> filter, TRecord record)
    {
        try
        {
            return filter(record);
        }
        catch (Exception exception) when (exception is NullReferenceException or ArgumentException or InvalidOperationException or InvalidCastException or KeyNotFoundException)
        {
            return false;
        }
    }
}
