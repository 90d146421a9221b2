#pragma warning disable CA1309 // What a filter does with strings is what is tested.
using System.Linq.Expressions;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Filtering;

/// <summary>Which filters an index helps: what they find is held against LINQ elsewhere.</summary>
public sealed class IndexPlanTests
{
    private static readonly RecordModel Model = RecordModelBuilder.Build(typeof(int), typeof(Specimen), definition: null, storeGenerator: null);
    private static readonly TableSnapshot Snapshot = Fill();

    private readonly FilterCache _cache = new();

    [Fact]
    public void FindCandidates_EqualityRangeAndContains_AskTheIndex()
    {
        int? maybe = 3;
        int[] numbers = [3, 4, 500];
        Specimen.Grade grade = Specimen.Grade.High;
        DateTimeOffset moment = new(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(1));
        AssertAsks(s => s.Number == 3);
        AssertAsks(s => 3 == s.MaybeNumber);
        AssertAsks(s => s.MaybeNumber == maybe);
        AssertAsks(s => s.MaybeNumber == null && s.Flag);
        AssertAsks(s => s.Wide == 3 && s.Number > 2);
        AssertAsks(s => s.Name == "fig" || s.Name!.Equals("plum", StringComparison.Ordinal) || s.Number > 2, asks: false);
        AssertAsks(s => s.Name == "fig" || s.Number == 3);
        AssertAsks(s => s.Name!.Equals("fig") || string.Equals("plum", s.Name));
        AssertAsks(s => s.MaybeFlag == true && s.Number > 4 && s.Wide > 3 && s.Small == 3);
        AssertAsks(s => s.Flag || s.Number == 3, asks: false);
        AssertAsks(s => s.Rare && s.Number != 3);
        AssertAsks(s => !s.Common);
        AssertAsks(s => s.Quality == grade && s.MaybeQuality == grade);
        AssertAsks(s => (int)s.Quality > 150);
        AssertAsks(s => s.Tiny < -2);
        AssertAsks(s => s.Exact > 1.5m && 2.6m > s.Exact);
        AssertAsks(s => s.Moment == moment);
        AssertAsks(s => s.Day < new DateOnly(2024, 1, 2));
        AssertAsks(s => numbers.Contains(s.Number));
        AssertAsks(s => numbers.Where(number => number > 3).Contains(s.Number));
        AssertAsks(s => new HashSet<int>(numbers).Contains(s.Number));
        AssertAsks(s => new HashSet<string>(StringComparer.Ordinal) { "fig" }.Contains(s.Name!));
        AssertAsks(s => s.Tags!.Contains("fig"));
        AssertAsks(s => s.Tags!.Any(tag => tag == "fig"));
        AssertAsks(s => s.Codes.Any(code => 3 == code) && s.Sizes!.Any(size => numbers.Contains(size)));
        AssertAsks(s => s.Codes.Contains(3));
        AssertAsks(s => s.Sizes!.Contains(3));
        AssertAsks(s => ((ISpecimen)s).Number == 3);
    }

    [Fact]
    public void FindCandidates_Keys_AskTheTable()
    {
        int[] keys = [2, 5];
        AssertAsks(s => s.Id == 3);
        AssertAsks(s => keys.Contains(s.Id));
        AssertAsks(s => s.Id == 3 || s.Number == 3);
        AssertAsks(s => s.Id > 3, asks: false);
    }

    [Fact]
    public void FindCandidates_WhatTheIndexDoesNotTell_AreAllRows()
    {
        AssertAsks(s => s.Number != 3, asks: false);
        AssertAsks(s => !(s.Number == 3), asks: false);
        AssertAsks(s => s.Number + 1 == 3, asks: false);
        AssertAsks(s => s.Codes.Any(code => code > 3 || code == s.Number) && s.Codes.Any(), asks: false);
        AssertAsks(s => (ushort)s.Tiny == 3, asks: false);
        AssertAsks(s => s.Labels!.Contains("fig"), asks: false);
        AssertAsks(s => s.Words.Contains("fig"), asks: false);
        AssertAsks(s => ((ISpecimen)s).Name == "fig", asks: false);
        AssertAsks(s => new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "fig" }.Contains(s.Name!), asks: false);
    }

    [Fact]
    public void FindCandidates_OperatorOfAnotherType_AreAllRows()
    {
        ParameterExpression specimen = Expression.Parameter(typeof(Specimen));
        BinaryExpression isAbove = Expression.GreaterThan(
            Expression.Property(specimen, nameof(Specimen.Number)), Expression.Constant(3), liftToNull: false, ((Func<int, int, bool>)IsBelow).Method);

        AssertAsks(Expression.Lambda<Func<Specimen, bool>>(isAbove, specimen), asks: false);
    }

    private static bool IsBelow(int x, int y) => x < y;

    private static TableSnapshot Fill()
    {
        Table table = new(Model, new KeywordIndex(new KeywordIndexOptions()));
        using PendingRows rows = new(Model);
        foreach (Specimen specimen in Specimens.Make(300, seed: 11))
        {
            rows.Add([.. Model.Properties.Select(property => property is VectorProperty ? null : typeof(Specimen).GetProperty(property.Name)!.GetValue(specimen))]);
        }

        _ = table.UpsertAsync(rows);
        return table.Read();
    }

    private void AssertAsks(Expression<Func<Specimen, bool>> filter, bool asks = true) =>
        Assert.True(_cache.Prepare(filter, Model).FindCandidates(Snapshot) is not null == asks, filter.ToString());
}
