/**
 * Migrations that no SQL can tell: what is stored is judged anew by rules that are written in Java. Flyway finds them
 * by this package's name.
 */
package db.migration;
